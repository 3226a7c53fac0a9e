package guide

import "testing"

var words = Words{Portal: "Portal Contoh", Address: "https://portal.example.go.id", Entry: "contoh-entri"}

func catalogue(t *testing.T) *Catalogue {
	t.Helper()
	c, err := LoadCatalogue(words)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestCatalogueLoads(t *testing.T) { catalogue(t) }
