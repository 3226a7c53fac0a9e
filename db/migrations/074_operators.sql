-- +goose Up

-- Who at a unit hears of each first activation there (impostor 15).
CREATE TABLE operators (
	agency     TEXT NOT NULL,
	unit       TEXT NOT NULL,
	email      TEXT NOT NULL,
	created_at BIGINT NOT NULL,
	PRIMARY KEY (agency, unit, email)
);
