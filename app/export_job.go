package app

import (
	"errors"
	"os"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"pulih/accounts"
	"pulih/db"
)

// ErrNoExport says that there is no such file: its time is over, it is
// somebody else's, or another process has it.
var ErrNoExport = errors.New("app: no such export")

const (
	sheetLife     = 15 * time.Minute // of a file that is ready
	sheetsAtOnce  = 3                // in this process, being made or kept
	sheetPatience = 10 * time.Minute // for making one
)

// sheetJob is an Excel file that is made, or kept for who asked for it and for
// his session alone, while he sees the same requests. It is a file without a
// name: it is gone with the process, whatever ends it, and nobody else can open
// it. So it is not sealed, and it names nobody.
type sheetJob struct {
	id            string
	staff         accounts.Staff
	name, back    string
	rows, percent *atomic.Int64 // how far it is

	// What follows is guarded by the jobs' own lock.
	file    *os.File // nil until it is ready, and after that where it failed
	endedAt db.Time
	readers int
}

// far tells how much of the period is behind it: nobody has counted the rows.
func (job *sheetJob) far(done, all int) { job.percent.Store(int64(100 * done / all)) }

// sheetJobs are the files of this process; another one knows nothing of them
// and answers 404. Its zero value is ready.
type sheetJobs struct {
	mu  sync.Mutex
	all []*sheetJob
}

// add lets a job in, unless others have as many as are allowed.
func (j *sheetJobs) add(job *sheetJob, now db.Time) bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.drop(func(old *sheetJob) bool { return old.over(now) })
	others := 0
	for _, old := range j.all {
		if old.staff.ID != job.staff.ID {
			others++
		}
	}
	if others >= sheetsAtOnce {
		return false
	}
	j.all = append(j.all, job)
	return true
}

// remove ends some: those whose time is over, or of which nothing became.
func (j *sheetJobs) remove(which func(*sheetJob) bool) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.drop(which)
}

// drop forgets some, but none that somebody is reading just now.
func (j *sheetJobs) drop(which func(*sheetJob) bool) {
	j.all = slices.DeleteFunc(j.all, func(job *sheetJob) bool {
		if job.readers > 0 || !which(job) {
			return false
		}
		if job.file != nil {
			_ = job.file.Close() // it was only read
		}
		return true
	})
}

func (job *sheetJob) over(now db.Time) bool {
	return job.endedAt != 0 && now >= job.endedAt.Add(sheetLife)
}

// mayRead tells whether somebody is who asked, where he asked and for whom he
// asked (ST-04).
func (job *sheetJob) mayRead(s accounts.Staff) bool {
	return job.staff.Session == s.Session && job.staff.Agency == s.Agency && slices.Equal(job.staff.Units, s.Units)
}

// end keeps what was made, or that nothing was.
func (j *sheetJobs) end(job *sheetJob, file *os.File, now db.Time) {
	j.mu.Lock()
	defer j.mu.Unlock()
	job.file, job.endedAt = file, now
}

// of is a job of a member of staff and of this session.
func (j *sheetJobs) of(id string, s accounts.Staff, now db.Time) (sheetJob, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	job := j.find(id, s, now)
	if job == nil {
		return sheetJob{}, ErrNoExport
	}
	return *job, nil
}

// read opens a file that is ready. leave ends it.
func (j *sheetJobs) read(id string, s accounts.Staff, now db.Time) (job *sheetJob, leave func(), err error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if job = j.find(id, s, now); job == nil || job.file == nil {
		return nil, nil, ErrNoExport
	}
	job.readers++
	return job, func() { j.mu.Lock(); defer j.mu.Unlock(); job.readers-- }, nil
}

func (j *sheetJobs) find(id string, s accounts.Staff, now db.Time) *sheetJob {
	for _, job := range j.all {
		if job.id == id && job.mayRead(s) && !job.over(now) {
			return job
		}
	}
	return nil
}
