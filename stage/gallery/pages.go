package gallery

import (
	"embed"
	"html/template"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/longtake/longtake/layers"
)

//go:embed index.html page.html style.css
var files embed.FS

var templates = template.Must(template.New("").Funcs(template.FuncMap{"sentence": sentence}).ParseFS(files, "*.html"))

// sentence begins with a capital and ends with a full stop.
func sentence(s string) string {
	if s == "" {
		return ""
	}
	return strings.ToUpper(s[:1]) + strings.TrimSuffix(s[1:], ".") + "."
}

// card is a component on the index.
type card struct {
	ID, Title, Doc string
	Failed         bool
}

// section is a group of the index.
type section struct {
	Name  string
	Cards []card
}

// page is what a component's page shows.
type page struct {
	card
	Type, Group string
	TypeDoc     string
	Sources     []string
	Failure     string
	Budget      string
	Scene       string
	Properties  [][]string
	Common      [][]string
	Others      []card // of the same type
}

// doc is what a component is: its own sentence, or its type's.
func (c *component) doc() string {
	if c.Example.Doc != "" {
		return c.Example.Doc
	}
	return c.Type.Doc
}

func (c *component) card() card {
	title := c.Type.Name
	if c.Example.Name != "" {
		title = c.Type.Name + ": " + strings.TrimPrefix(c.Example.Name, c.Type.Name+"-")
	}
	return card{ID: c.ID, Title: strings.ReplaceAll(title, "-", " "), Doc: sentence(c.doc()), Failed: c.failure != nil}
}

// sections lists the components by group: groups and components by name.
func (g *gallery) sections() []section {
	var out []section
	for _, c := range g.components {
		i := slices.IndexFunc(out, func(s section) bool { return s.Name == c.Group })
		if i < 0 {
			i = len(out)
			out = append(out, section{Name: c.Group})
		}
		out[i].Cards = append(out[i].Cards, c.card())
	}
	slices.SortFunc(out, func(a, b section) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// pages writes the index, a page for each component and their style.
func (g *gallery) pages() error {
	style, err := files.ReadFile("style.css")
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(g.Dir, "style.css"), style, 0o666); err != nil {
		return err
	}
	if err := g.write("index.html", "index.html", g.sections()); err != nil {
		return err
	}
	for _, c := range g.components {
		p := page{card: c.card(), Type: c.Type.Name, Group: c.Group, TypeDoc: sentence(c.Type.Doc), Sources: c.Sources,
			Scene: layers.ExampleScene(c.Type, c.Example), Budget: c.budget.String(), Common: g.Common}
		if c.failure != nil {
			p.Failure = c.failure.Error()
		}
		if g.Properties != nil {
			p.Properties = g.Properties(c.Type)
		}
		for _, o := range g.components {
			if o.Type.Name == c.Type.Name && o != c {
				p.Others = append(p.Others, o.card())
			}
		}
		if err := g.write(c.ID+".html", "page.html", p); err != nil {
			return err
		}
	}
	return nil
}

func (g *gallery) write(name, form string, data any) error {
	f, err := os.Create(filepath.Join(g.Dir, name))
	if err != nil {
		return err
	}
	if err := templates.ExecuteTemplate(f, form, data); err != nil {
		_ = f.Close()
		return err
	}
	return f.Close()
}
