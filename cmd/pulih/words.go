package main

import (
	"fmt"
	"io/fs"
	"os"

	"pulih/guide"
)

// wordsFlags say whose words the troubleshooter speaks.
type wordsFlags struct {
	Catalogue string `type:"existingdir" placeholder:"FOLDER" help:"The troubleshooter's words, changed from what \"pulih words copy\" writes; the built-in ones when left out."`
}

func (f wordsFlags) files() fs.FS {
	if f.Catalogue == "" {
		return guide.Builtin()
	}
	return os.DirFS(f.Catalogue)
}

// wordsCmd is for whoever edits what the troubleshooter says
// (docs/content.md). Neither command needs a database.
type wordsCmd struct {
	Copy  wordsCopyCmd  `cmd:"" help:"Write the built-in files into a folder, which serve reads with --catalogue. Nothing that exists is overwritten."`
	Check wordsCheckCmd `cmd:"" help:"Tell every mistake in such a folder."`
}

type (
	wordsCopyCmd struct {
		Folder string `arg:"" type:"path" help:"Where to; it is made where there is none."`
		screen
	}
	wordsCheckCmd struct {
		Folder string `arg:"" type:"existingdir" help:"The folder."`
		screen
	}
)

// Run writes the files.
func (c *wordsCopyCmd) Run() error {
	if err := os.CopyFS(c.Folder, guide.Builtin()); err != nil {
		return fmt.Errorf("words: %w", err)
	}
	return c.say("Berkas ditulis ke %s.", c.Folder)
}

// Run checks them as a start does.
func (c *wordsCheckCmd) Run() error {
	if _, err := guide.LoadCatalogue(os.DirFS(c.Folder), guide.Words{Portal: "Portal", Address: "portal.example.go.id", Entry: "entri"}); err != nil {
		return err
	}
	return c.say("Semua berkas benar.")
}
