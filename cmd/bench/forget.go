package main

import (
	"os"
	"path/filepath"
	"syscall"
)

// forget has the system drop a database's files from its memory.
func forget(path string) error {
	files, err := filepath.Glob(path + "*")
	if err != nil {
		return err
	}
	for _, name := range files {
		if err := forgetFile(name); err != nil {
			return err
		}
	}
	return nil
}

func forgetFile(name string) error {
	f, err := os.OpenFile(name, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer f.Close() //nolint:errcheck // nothing is written
	if err := f.Sync(); err != nil {
		return err
	}
	const dontNeed = 4 // POSIX_FADV_DONTNEED
	if _, _, failed := syscall.Syscall6(syscall.SYS_FADVISE64, f.Fd(), 0, 0, dontNeed, 0, 0); failed != 0 {
		return failed
	}
	return nil
}
