package main

import (
	"context"
	"errors"
	"fmt"

	"pulih/audit"
)

// Why serve stays away from data that went back, or may have: to serve them
// would let in who was locked out since (impostor 19).
var (
	// errLost says that something was restored and not made safe, or that
	// somebody has cut the log's tail.
	errLost = errors.New("the audit copy holds events that the database has lost. After a restore by other means, run pulih restore --already-loaded; " +
		"it puts them back, too, where there was none. If the copy is another installation's, put its path right")
	// errParted says that the database went back, and went on from there.
	errParted = errors.New("the audit copy and the database tell different stories. If older data were brought back and served, keep the copy and run " +
		"pulih restore --already-loaded --without-audit-copy; if the copy was changed, fetch it from its own backup")
	// errNoCopyYet says that nothing here can tell whether these data are old.
	errNoCopyYet = errors.New("there is no audit copy that can be read, and the audit log is older than it may be without one. If these data were brought back from anywhere, " +
		"fetch the copy and run pulih restore --already-loaded; if not, and the copy is lost for good, begin a new one, where no file is, with pulih check --repair-copy")
)

// copier opens the copy of the audit log. One that was cut is not written anew,
// but told of: in the log, and to supervisors by a check. errLost, errParted,
// errNoCopyYet.
func (s *server) copier(ctx context.Context) (*audit.Copier, error) {
	c, err := audit.NewCopier(ctx, s.db, s.auditCopy)
	if err != nil {
		return nil, err
	}
	s.app.Checks.Copier = c
	if c.Held() == "" {
		return c, nil
	}
	if err := s.went(ctx, c); err != nil {
		return nil, err
	}
	s.log.Error("audit copy is not where it was left: nothing is added to it", "path", s.auditCopy, "problem", c.Held())
	return c, s.app.CheckAudit(ctx)
}

// went says why a held copy keeps serve from its data. A server that joins
// others finds no copy of its own, and theirs vouch for the data. Where the log
// has a floor nobody can begin a copy anew: only a check tells of it.
func (s *server) went(ctx context.Context, c *audit.Copier) error {
	if err := s.back(c.Held()); err != nil || !c.Begins() || c.Held() == audit.CopyLacks {
		return err
	}
	served, err := s.db.Leased(ctx)
	if err == nil && !served {
		err = s.refused(errNoCopyYet)
	}
	return err
}

func (s *server) back(held audit.Problem) error { return wentBack(s.auditCopy, held) }

func (s *server) refused(why error) error { return refusedCopy(s.auditCopy, why) }

// wentBack is why nobody serves or seals data under a copy that is held for a
// reason. errLost, errParted.
func wentBack(path string, held audit.Problem) error {
	switch held {
	case audit.TailCut:
		return refusedCopy(path, errLost)
	case audit.Rewritten:
		return refusedCopy(path, errParted)
	}
	return nil
}

func refusedCopy(path string, why error) error {
	return setting("audit-copy", fmt.Errorf("%s: %w", path, why))
}

// copy brings the copy up to date. It ends the server where the data went back
// under it.
func (s *server) copy(ctx context.Context, c *audit.Copier) error {
	_, err := c.Copy(ctx)
	if err == nil || ctx.Err() != nil {
		return nil
	}
	s.log.Error("audit copy", "err", err)
	return s.back(c.Held())
}
