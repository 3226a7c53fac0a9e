package tickets

import (
	"encoding/json"
	"fmt"
)

// CalendarForm reads the value of a CalendarSetting.
func (s Setting) CalendarForm() (f CalendarForm, err error) { return f, s.read(&f) }

// Targets reads the value of a TargetSetting.
func (s Setting) Targets() (t Targets, err error) { return t, s.read(&t) }

// Networks reads the value of a NetworkSetting.
func (s Setting) Networks() (list []string, err error) { return list, s.read(&list) }

// EvidenceSets reads the value of an EvidenceSetting.
func (s Setting) EvidenceSets() (sets EvidenceSets, err error) { return sets, s.read(&sets) }

func (s Setting) read(into any) error {
	if s.Value == "" {
		return nil
	}
	if err := json.Unmarshal([]byte(s.Value), into); err != nil {
		return fmt.Errorf("tickets: setting %s: %w", s.Name, err)
	}
	return nil
}
