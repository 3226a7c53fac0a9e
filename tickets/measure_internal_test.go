package tickets

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"pulih/db"
)

// anyMeasure fills every field: with nothing, or with anything.
func anyMeasure(random *rand.Rand) (m Measure) {
	v := reflect.ValueOf(&m).Elem()
	for i := range v.NumField() {
		if random.IntN(3) == 0 {
			continue
		}
		switch f := v.Field(i); f.Interface().(type) {
		case bool:
			f.SetBool(true)
		case db.Time:
			f.SetInt(random.Int64N(4e9) * second)
		case time.Duration:
			f.SetInt((random.Int64N(4e6) - 2e6) * int64(time.Second))
		case []Mark:
			f.Set(reflect.ValueOf([]Mark{{At: 7 * db.Time(second), Verb: VerbApprove}, {Verb: VerbCheck, By: StaffName{"a", "b"}}}))
		case int64:
			f.SetInt(random.Int64N(1e6))
		default: // a kind of text
			f.SetString([]string{"a", "Dinas Pendidikan", "“Ü”\x00", string(make([]byte, 300))}[random.IntN(4)])
		}
	}
	return m
}

func TestAPackHoldsEveryField(t *testing.T) {
	random := rand.New(rand.NewPCG(11, 12))
	for range 300 {
		var all, got []Measure
		for range random.IntN(20) {
			all = append(all, anyMeasure(random))
		}
		err := unpack(pack(all), func(m *Measure) { got = append(got, m.copy()) })
		if err != nil || !reflect.DeepEqual(got, all) {
			t.Fatalf("%v\n%+v\n%+v", err, got, all)
		}
	}
}

// A pack that was cut or overwritten is an error or another pack, and never a
// crash or an endless loop.
func TestADamagedPackIsTold(t *testing.T) {
	random := rand.New(rand.NewPCG(13, 14))
	whole := pack([]Measure{anyMeasure(random), anyMeasure(random), anyMeasure(random)})
	for cut := 1; cut < len(whole); cut++ {
		n := 0
		if err := unpack(whole[:cut], func(*Measure) { n++ }); err == nil && n != 1 && n != 2 {
			t.Errorf("cut at %d of %d: %d measures and no error", cut, len(whole), n)
		}
	}
	for range 3000 {
		broken := append([]byte{}, whole...)
		broken[random.IntN(len(broken))] = byte(random.IntN(256))
		n := 0
		_ = unpack(broken, func(*Measure) { n++ })
		if n > len(broken) {
			t.Fatal("more measures than bytes")
		}
	}
}

// The median and the 90th percentile are those of the sorted list.
func TestASpreadIsOfTheSortedList(t *testing.T) {
	random := rand.New(rand.NewPCG(15, 16))
	for range 500 {
		all := make([]int32, 1+random.IntN(60))
		for i := range all {
			all[i] = int32(random.IntN(1 + random.IntN(50)))
		}
		sorted := slices.Sorted(slices.Values(all))
		n := len(all)
		want := Spread{n, time.Duration(sorted[(n-1)/2]+sorted[n/2]) * time.Second / 2, time.Duration(sorted[(9*n+9)/10-1]) * time.Second}
		if got := spread(all, time.Second); got != want {
			t.Fatalf("%v of %v, want %v", got, sorted, want)
		}
	}
}
