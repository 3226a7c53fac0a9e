package db

import "github.com/google/uuid"

// NewID makes the id of a row: UUIDv7, so that ids sort by the time they were
// made on either engine.
func NewID() string { return uuid.Must(uuid.NewV7()).String() }
