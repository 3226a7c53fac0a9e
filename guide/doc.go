// Package guide is the troubleshooter: what it knows and what it concludes, without HTTP and HTML.
//
// The clock check measures a phone in three ways, judges the drift and says what to do. Everything measured comes from
// the person's own devices and is advice only: nothing here signs anybody in or proves who somebody is (ASVS 6.5.8).
package guide
