// Pulih is the recovery desk for civil servants who cannot sign in to
// ASN Digital. This command is all of it: the server, a demo, and what an
// operator does on the console.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
)

type commands struct {
	Serve serveCmd `cmd:"" help:"Serve people and staff. Every flag can be set as PULIH_… in the environment."`
	Demo  demoCmd  `cmd:"" help:"Serve a made-up agency on this machine, to look at."`
	Check checkCmd `cmd:"" help:"Look at everything that serve leans on, and say what to do: database, audit log, figures, mail, keys, disks, clock, certificates. It changes nothing."`
	Ready readyCmd `cmd:"" help:"Ask the server on this machine whether requests may be sent; for a container's health check."`

	Figures   figuresCmd   `cmd:"" help:"Prove the reports' figures from the histories, or derive them again."`
	Move      moveCmd      `cmd:"" help:"Carry everything to an empty database of either engine, and compare both sides."`
	Backup    backupCmd    `cmd:"" help:"Write everything but the keys into one file that only an operator's age key opens; beside a running server."`
	Restore   restoreCmd   `cmd:"" help:"Load a backup into a new database, or take over what something else loaded, and void what was open at the backup."`
	Retention retentionCmd `cmd:"" help:"List what is kept how long and what is due. A dry run, until told to purge."`

	Import   importCmd   `cmd:"" help:"Load the roster from a CSV file: a dry run, until told to apply it. Columns: docs/import.md."`
	Staff    staffCmd    `cmd:"" help:"Set up who works here. Supervisors are mailed of every change."`
	Operator operatorCmd `cmd:"" help:"Set up who at a unit hears of first activations there."`
	Words    wordsCmd    `cmd:"" help:"Copy the troubleshooter's words to change them, and check what was changed."`
	Keys     keysCmd     `cmd:"" help:"Make keys, and seal what is at rest anew with the newest."`
	Incident incidentCmd `cmd:"" help:"List whom a breach concerns, as CSV. It is audited, and supervisors are mailed."`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "pulih:", sentence(err))
		os.Exit(1)
	}
}

// run carries out one command. Tests call it as the shell would.
func run(ctx context.Context, args []string) error {
	var c commands
	parser, err := kong.New(&c, kong.Name("pulih"),
		kong.Description("Recovery desk for civil servants who cannot sign in. Only serve, import and staff add make a database where there is none; every other command wants one that exists."),
		kong.BindTo(ctx, (*context.Context)(nil)), kong.DefaultEnvars("PULIH"), kong.ConfigureHelp(kong.HelpOptions{Compact: true}))
	if err != nil {
		return err
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	chosen, err := parser.Parse(args)
	if err != nil {
		return err
	}
	return chosen.Run()
}
