package main

import (
	"log/slog"
	"net"
	"os"
)

// notify tells systemd how far this process is (sd_notify(3)), where the unit
// is Type=notify: what starts after it finds it ready, and a stop is no crash.
func notify(log *slog.Logger, state string) {
	address := os.Getenv("NOTIFY_SOCKET")
	if address == "" {
		return
	}
	conn, err := net.Dial("unixgram", address)
	if err == nil {
		_, err = conn.Write([]byte(state))
		_ = conn.Close()
	}
	if err != nil {
		log.Warn("systemd was not told", "state", state, "err", err)
	}
}
