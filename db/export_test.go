package db

// Hear is for a test of a connection that falls silent.
var Hear = new(DB).hear
