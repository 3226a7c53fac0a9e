package main

import (
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// What a server logs at its start is what an operator decides by: one that
// refuses its data has not said before that it serves.
func TestServeSaysThatItServesWhenItDoes(t *testing.T) {
	settings := lawSettings(t)
	log := &lines{}
	first := lawServe(t, settings, slog.NewTextHandler(log, nil))
	first.agent(t)
	first.stop()
	first.ended(t)
	if !strings.Contains(log.String(), "msg=serving") {
		t.Errorf("it served, and logged\n%s", log)
	}
	change(t, settings, `DROP TRIGGER audit_seals_no_delete`)
	change(t, settings, `DELETE FROM audit_seals WHERE seq = (SELECT max(seq) FROM audit_seals)`)
	log = &lines{}
	second := lawServe(t, settings, slog.NewTextHandler(log, nil))
	select {
	case err := <-second.done:
		if !errors.Is(err, errLost) || strings.Contains(log.String(), "msg=serving") {
			t.Errorf("%v\n%s", err, log)
		}
	case <-time.After(10 * time.Second):
		t.Error("it serves")
	}
}

func TestServeWarnsOfKeysThatOthersCanRead_SC01(t *testing.T) {
	for _, mode := range []os.FileMode{0o600, 0o644} {
		settings := lawSettings(t)
		file := filepath.Join(t.TempDir(), "sealing")
		must(t, os.WriteFile(file, []byte(settings["keys-sealing"]), 0o600))
		must(t, os.Chmod(file, mode))
		delete(settings, "keys-sealing")
		settings["keys-sealing-file"] = file
		log := &lines{}
		s := lawServe(t, settings, slog.NewTextHandler(log, nil))
		s.stop()
		s.ended(t)
		warned := strings.Contains(log.String(), "level=WARN") && strings.Contains(log.String(), file+" has mode 0644")
		if warned != (mode == 0o644) {
			t.Errorf("%04o: %s", mode, log)
		}
	}
}
