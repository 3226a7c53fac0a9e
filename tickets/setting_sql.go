package tickets

import "pulih/db"

const (
	settingColumns = `agency, name, version, value, from_at, made_at, made_by, made_name, second_by, second_name`
	selectSetting  = `SELECT ` + settingColumns + ` FROM settings
		WHERE agency = $1 AND name = $2 AND from_at <= $3 ORDER BY version DESC LIMIT 1`
	selectLatest  = `SELECT ` + settingColumns + ` FROM settings WHERE agency = $1 AND name = $2 ORDER BY version DESC LIMIT 1`
	selectVersion = `SELECT ` + settingColumns + ` FROM settings WHERE agency = $1 AND name = $2 AND version = $3`
	insertSetting = `INSERT INTO settings (` + settingColumns + `) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`
)

func scanSetting(row db.Scanner) (s Setting, err error) {
	err = row.Scan(&s.Agency, &s.Name, &s.Version, &s.Value, &s.From, &s.MadeAt, &s.By, &s.ByName, &s.Second, &s.SecondName)
	return s, err
}
