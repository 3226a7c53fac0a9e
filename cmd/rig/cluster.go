package rig

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Cluster is a PostgreSQL of its own: a primary that acknowledges a commit
// when the standby has it too, and that standby. Both listen on sockets in its
// folder only.
type Cluster struct {
	bin, folder, user string
	as                *syscall.Credential // nil: as this program's own user
	servers           [2]*exec.Cmd
}

// The servers.
const (
	Primary = iota
	Standby
)

// ErrNoPostgres says that this machine has no PostgreSQL to start.
var ErrNoPostgres = errors.New("no PostgreSQL server is installed under /usr/lib/postgresql")

// NewCluster makes and starts both. ErrNoPostgres.
func NewCluster(ctx context.Context) (*Cluster, error) {
	c, err := newCluster()
	if err != nil {
		return nil, err
	}
	for _, step := range []func(context.Context) error{c.initialise, c.startPrimary, c.copy, c.startStandby} {
		if err := step(ctx); err != nil {
			return nil, errors.Join(err, c.Close())
		}
	}
	return c, nil
}

func newCluster() (*Cluster, error) {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if len(found) == 0 {
		return nil, ErrNoPostgres
	}
	folder, err := os.MkdirTemp("", "pulih-pg")
	if err != nil {
		return nil, err
	}
	c := &Cluster{bin: filepath.Dir(slices.Max(found)), folder: folder}
	if err := c.become(); err != nil {
		return nil, errors.Join(err, c.Close())
	}
	return c, nil
}

// become chooses who runs it: PostgreSQL refuses to run as root.
func (c *Cluster) become() error {
	who, err := user.Current()
	if err != nil {
		return err
	}
	if who.Uid != "0" {
		c.user = who.Username
		return nil
	}
	if who, err = user.Lookup("postgres"); err != nil {
		return err
	}
	uid, _ := strconv.Atoi(who.Uid)
	gid, _ := strconv.Atoi(who.Gid)
	c.user, c.as = who.Username, &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)} //nolint:gosec // ids fit
	return os.Chown(c.folder, uid, gid)
}

func (c *Cluster) command(ctx context.Context, name string, arguments ...string) *exec.Cmd {
	command := exec.CommandContext(ctx, filepath.Join(c.bin, name), arguments...)
	command.Dir, command.Env = c.folder, append(os.Environ(), "LC_ALL=C")
	command.SysProcAttr = &syscall.SysProcAttr{Credential: c.as}
	return command
}

func (c *Cluster) run(ctx context.Context, name string, arguments ...string) error {
	out, err := c.command(ctx, name, arguments...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s: %w\n%s", name, err, out)
	}
	return nil
}

func (c *Cluster) data(server int) string {
	return filepath.Join(c.folder, []string{"primary", "standby"}[server])
}

func (c *Cluster) port(server int) string { return strconv.Itoa(5432 + server) }

func (c *Cluster) initialise(ctx context.Context) error {
	return c.run(ctx, "initdb", "-D", c.data(Primary), "-A", "trust", "-E", "UTF8", "--no-sync")
}

// startPrimary: fsync is off, for it is servers that are killed here and no
// machine that loses its power.
func (c *Cluster) startPrimary(ctx context.Context) error { return c.start(ctx, Primary) }

func (c *Cluster) copy(ctx context.Context) error {
	return c.run(ctx, "pg_basebackup", "-h", c.folder, "-p", c.port(Primary), "-D", c.data(Standby), "-R", "-X", "stream", "-c", "fast", "--no-sync")
}

// startStandby lets the primary wait for it from then on.
func (c *Cluster) startStandby(ctx context.Context) error {
	if err := c.start(ctx, Standby); err != nil {
		return err
	}
	for _, statement := range []string{waitForStandby, reloadPostgres} {
		if err := Admin(c.url(Primary), statement); err != nil {
			return err
		}
	}
	return c.until(ctx, "replication", func() error {
		return Admin(c.url(Primary), isSynchronousPostgres)
	})
}

func (c *Cluster) start(ctx context.Context, server int) error {
	log, err := os.OpenFile(c.data(server)+".log", os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer log.Close() //nolint:errcheck // the server has one of its own
	command := c.command(context.WithoutCancel(ctx), "postgres", "-D", c.data(server), "-c", "listen_addresses=", "-c", "port="+c.port(server),
		"-c", "unix_socket_directories="+c.folder, "-c", "fsync=off", "-c", "max_connections=100", "-c", "synchronous_commit=on")
	command.Stderr = log
	if err := command.Start(); err != nil {
		return err
	}
	c.servers[server] = command
	return c.until(ctx, "an answer", func() error { return Admin(c.url(server), "SELECT 1") })
}

// until asks again and again, for a minute.
func (c *Cluster) until(ctx context.Context, what string, ask func() error) (err error) {
	for range 600 {
		if err = ask(); err == nil || ctx.Err() != nil {
			return errors.Join(err, ctx.Err())
		}
		time.Sleep(100 * time.Millisecond)
	}
	return fmt.Errorf("no %s within a minute: %w", what, err)
}

// url is that of one server.
func (c *Cluster) url(server int) string {
	return fmt.Sprintf("postgres://%s@/postgres?host=%s&port=%s", c.user, c.folder, c.port(server))
}

// URL names both: who uses it speaks to the one that takes writes.
func (c *Cluster) URL() string {
	return fmt.Sprintf("postgres://%s@/postgres?host=%s,%s&port=%s,%s&target_session_attrs=read-write",
		c.user, c.folder, c.folder, c.port(Primary), c.port(Standby))
}

// KillPrimary ends every process of the primary at once, as its machine would.
func (c *Cluster) KillPrimary() error {
	server := c.servers[Primary]
	children, err := os.ReadFile(fmt.Sprintf("/proc/%[1]d/task/%[1]d/children", server.Process.Pid))
	if err != nil {
		return err
	}
	_ = server.Process.Kill()
	for _, child := range strings.Fields(string(children)) {
		pid, _ := strconv.Atoi(child)
		_ = syscall.Kill(pid, syscall.SIGKILL)
	}
	_ = server.Wait()
	c.servers[Primary] = nil
	return nil
}

// Promote makes the standby the primary, as an operator or his watchdog does.
func (c *Cluster) Promote() error { return Admin(c.url(Standby), promotePostgres) }

// Listeners fails while nobody listens for changes on what was the standby.
func (c *Cluster) Listeners() error {
	return Admin(c.url(Standby), countListenersPostgres)
}

// Close ends what runs, and takes everything away.
func (c *Cluster) Close() error {
	for _, server := range c.servers {
		if server != nil {
			_ = server.Process.Signal(syscall.SIGQUIT) // an immediate shutdown
			_ = server.Wait()
		}
	}
	return os.RemoveAll(c.folder)
}
