// Package accounts knows whose account it is: people and their numbers, what
// they sign in with, staff and their roles, sessions. It knows no ticket.
package accounts
