// Package otp computes time-based one-time passwords (RFC 6238) and what they tell of the clock that made them.
//
// It is pure: no I/O, no clock of its own, no storage. Every function is given the instant it judges, so the one
// security-critical computation of the project can be tested with vectors. SHA1, six digits and thirty seconds are
// fixed, because the authenticator apps that people have know nothing else.
//
// Sign: an offset or a drift above zero means that the phone is ahead of the server.
package otp
