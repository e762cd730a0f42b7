package gallery

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/longtake/longtake/layers"
	"github.com/longtake/longtake/scene"
	"github.com/longtake/longtake/stage"
)

// component is an example of a type with what came of it.
type component struct {
	scene.Type
	scene.Example
	ID      string
	failure error
	budget  budget
}

// camera of a component, decoded.
func (c *component) camera() (*scene.Camera, error) {
	doc, err := scene.Parse(c.ID+".yaml", []byte("longtake: 1\ncamera: "+layers.ExampleCamera(c.Type, c.Example)+"\n"), nil)
	if err != nil {
		return nil, err
	}
	if c.Camera == "" && layers.Around(c.Type, c.Example) == layers.Sea {
		doc.Camera.FOV *= closer // the sea around is of no interest
	}
	return doc.Camera, nil
}

const (
	// dusk is from when on examples have a date because they show themselves in the dark.
	dusk = "2026-06-21T20"
	// space is from where up the whole globe is seen, whose night is black.
	space = 1e6
	// telescope is the angle in degrees below which a view is one through a telescope.
	telescope = 1
)

// closer is how much narrower the view of components over the sea is than that of goldens.
const closer = 0.78

// shoot renders all components into pictures/ID-day.png and -night.png: those of rows in one
// package, those that lie on ground, with the city, in another.
func (g *gallery) shoot(ctx context.Context) error {
	var rows, built []*component
	for _, c := range g.components {
		if layers.Around(c.Type, c.Example) == layers.Sea {
			rows = append(rows, c)
		} else {
			built = append(built, c)
		}
	}
	for _, set := range [][]*component{rows, built} {
		if err := g.shootSet(ctx, set); err != nil {
			return err
		}
	}
	return nil
}

func (g *gallery) shootSet(ctx context.Context, set []*component) error {
	if len(set) == 0 {
		return nil
	}
	p, err := g.generate(ctx, set)
	if err != nil {
		return err
	}
	defer p.Close()
	stills, err := stage.NewStills(p, stage.RenderOptions{Size: g.Size, Quality: g.Quality, GPU: g.GPU})
	if err != nil {
		return err
	}
	defer stills.Release()
	for i, c := range set {
		g.Say.Tell("picture", i, len(set))
		if c.failure != nil {
			continue
		}
		if err := g.pictures(ctx, p, stills, c); err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			c.failure = err
		}
	}
	return nil
}

// pictures renders one component by day and by night.
func (g *gallery) pictures(ctx context.Context, p *stage.Player, stills *stage.Stills, c *component) error {
	around := map[string]bool{}
	for _, l := range layers.ExampleLayers(c.Type, c.Example) {
		around[layerID.FindStringSubmatch(l)[1]] = true
	}
	for i := range p.Doc.Layers {
		p.Doc.Layers[i].Visible = around[p.Doc.Layers[i].ID]
	}
	camera, err := c.camera()
	if err != nil {
		return err
	}
	own := cmp.Or(c.Time, layers.Day)
	for _, kind := range []struct{ name, date string }{{"day", own}, {"night", otherDate(own, camera)}} {
		date, err := time.Parse(time.RFC3339, kind.date)
		if err != nil {
			return err
		}
		p.Doc.Environment.Time = &date
		if err := stills.Render(ctx, filepath.Join(g.Dir, "pictures", c.ID+"-"+kind.name+".png"), scene.Seconds(cmp.Or(c.At, 5)), camera); err != nil {
			return err
		}
	}
	c.budget = measure(p, p.Doc.Layer(c.ID))
	return nil
}

// otherDate is that of the second picture of a component whose first is at its own: the night,
// or, where its own shows it in the dark, the day. Through a telescope there is nothing to be
// seen at any other date.
func otherDate(own string, camera *scene.Camera) string {
	switch {
	case own == layers.Day:
		return layers.Night
	case camera.FOV < telescope:
		return own
	case own >= dusk || camera.Height > space:
		return layers.Day
	}
	return layers.Night
}

var layerID = regexp.MustCompile(`id: ([^,]+),`)

// generate builds one package of all components. One that cannot be built is left out, with
// the reason on its page.
func (g *gallery) generate(ctx context.Context, set []*component) (*stage.Player, error) {
	for {
		var list []string
		seen := map[string]bool{}
		for _, c := range set {
			if c.failure != nil {
				continue
			}
			if _, err := scene.Parse(filepath.Join(g.sample, c.ID+".yaml"), []byte(layers.ExampleScene(c.Type, c.Example)), layers.Types()); err != nil {
				c.failure = err
				continue
			}
			for _, l := range layers.ExampleLayers(c.Type, c.Example) {
				if id := layerID.FindStringSubmatch(l)[1]; !seen[id] {
					seen[id] = true
					list = append(list, l)
				}
			}
		}
		if list == nil {
			return nil, errors.New("no example could be built")
		}
		text := "longtake: 1\nsources:\n  " + strings.Join(layers.ExampleSources(list), "\n  ") + "\nlayers:\n  - " + strings.Join(list, "\n  - ") + "\n"
		doc, err := scene.Parse(filepath.Join(g.sample, "scene.yaml"), []byte(text), layers.Types())
		if err != nil {
			return nil, err
		}
		dir, err := os.MkdirTemp(g.work, "package")
		if err != nil {
			return nil, err
		}
		dir = filepath.Join(dir, "package")
		var p *stage.Player
		if _, err = stage.Generate(ctx, doc, dir, stage.GenerateOptions{Say: g.Say}); err == nil {
			p, err = stage.Open(dir, stage.PlayOptions{NoCredits: true, NoCaptions: true})
		}
		if err == nil {
			return p, nil
		}
		if culprit := blamed(set, doc, err); culprit != nil && ctx.Err() == nil {
			culprit.failure = err
			continue
		}
		return nil, fmt.Errorf("the package of all examples: %w", err)
	}
}

// blamed is the component that an error names, by the layer's id or by its number.
func blamed(set []*component, doc *scene.Document, err error) *component {
	id := ""
	if m := layerNumber.FindStringSubmatch(err.Error()); m != nil {
		if i, err := strconv.Atoi(m[1]); err == nil && i < len(doc.Layers) {
			id = doc.Layers[i].ID
		}
	}
	for _, c := range set {
		if c.failure == nil && (c.ID == id || strings.Contains(err.Error(), "layer "+c.ID+":")) {
			return c
		}
	}
	return nil
}

var layerNumber = regexp.MustCompile(`layers\[(\d+)\]`)
