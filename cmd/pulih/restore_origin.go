package main

import (
	"fmt"
	"io"

	"pulih/audit"
)

// doubted is what the operator reads where the log's copy does not tell of
// this backup; "" where it does, or where there is nothing to ask. The public
// key is enough to make a file that opens, and who made it is not in it.
func (c *restoreCmd) doubted(r restored) string {
	if c.AlreadyLoaded || c.WithoutAuditCopy {
		return ""
	}
	for _, e := range r.events {
		if e.Action == audit.DataSaved && e.Detail["sha256"] == c.sum {
			return ""
		}
	}
	return fmt.Sprintf("WARNING: the log's copy does not tell of a backup with SHA-256 %s.\n"+
		"WARNING: it may be forged. Do not start serve before you know where the file comes from.", c.sum)
}

// warn puts a doubt where it is read.
func warn(to io.Writer, doubt string) error {
	if doubt == "" {
		return nil
	}
	_, err := fmt.Fprintln(to, doubt)
	return err
}
