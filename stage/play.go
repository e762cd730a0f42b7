package stage

import (
	"context"
	"fmt"
	"time"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/heights"
	"github.com/longtake/longtake/geo/tiles"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/pipeline"
	"github.com/longtake/longtake/pipeline/grade"
	"github.com/longtake/longtake/pipeline/sky"
	"github.com/longtake/longtake/scene"
	"github.com/longtake/longtake/stage/generate"
)

// PlayOptions of a Player. The zero value is what render uses.
type PlayOptions struct {
	Memory      int  // bytes that tiles may take in memory; 0 = 1 GiB; views that need more are drawn coarser
	NoCredits   bool // leaves the credits out of the picture
	NoCaptions  bool
	SystemFonts bool // labels fall back to the system's fonts
	Trace       *Trace
	// LeftOut is told of each reason for which frames begin to lack something, after the frame;
	// nil = nobody. The count is that of the frame: Player.LeftOut has the last one.
	LeftOut func(geo.Skipped)
	now     func() time.Time // of what is read again while it is watched; nil = time.Now
	Strict  bool             // a frame that lacks something is an error, ErrSkipped
}

// Player plays a package: it turns a time into a frame. The same time gives the same
// frame, whatever was asked before. It is used from one goroutine.
type Player struct {
	Doc      *scene.Document
	options  PlayOptions
	ground   *heights.Grid // nil where the package has no ground
	layers   []*playedLayer
	library  *library
	pictures *pictures
	loader   *tileLoader // loads while the player is watched live; nil = before each frame
	screen   *screenText
	gallery  *gallery
	films    films
	labels   separator
	spans    []layerSpan // of the frame
	globe    *drawable.Image
	land     *pipeline.Land // of a globe without an image, by the document
	reach    float64        // metres from the package's origin to the end of its ground, see groundReach
	grade    *grade.Table
	stars    []sky.Star
	out      leftOut
	kept     layer.Kept
	links    linking
	drilled  drilling
	feeds    *feeds          // of what is read again; nil where nothing is, or nobody watches live
	showing  map[string]bool // layers that were switched by hand
	stopped  bool            // the story's time stands
	named    named           // what ids of the last frame stand for; of a player that is pointed at
}

// Close ends what the player has started: the browser of its pages, videos, and what it reads in the
// background. No frame may follow.
func (p *Player) Close() {
	p.gallery.pages.close()
	p.pictures.close()
	p.films.close()
}

// Ground is the height of the ground above the ellipsoid: the globe's beyond the data.
func (p *Player) Ground(lng, lat float64) float64 {
	if p.ground != nil {
		if h, ok := p.ground.HeightAt(lng, lat); ok {
			return h
		}
	}
	return p.Doc.Environment.Globe.Height
}

// Shot is what a frame depends on besides the package and the time.
type Shot struct {
	Width, Height int
	Quality       pipeline.Quality
	Camera        *scene.Camera // instead of the story's
	Live          bool
	Seed          uint32
}

// Frame makes the frame at a time with every tile resident that it needs. Watched live,
// after the first frame, coarser tiles stand in for those that are still being loaded.
func (p *Player) Frame(ctx context.Context, t scene.Time, s Shot) (*pipeline.Frame, error) {
	began := p.options.Trace.start()
	defer func() {
		p.options.Trace.span(trackFrame, "prepare", began, map[string]any{"time": t.Seconds()})
	}()
	m := p.Doc.At(t)
	if s.Camera != nil {
		m.Camera, m.HasCamera = *s.Camera, true
	}
	if s.Camera == nil {
		p.storyCamera(&m, t, float64(s.Width)/float64(s.Height))
	}
	pose := m.Camera.Pose(p.Ground)
	f := &pipeline.Frame{
		View: pipeline.View{Eye: pose.Eye, Right: pose.Right, Up: pose.Up, Forward: pose.Forward, FovY: pose.FovY},
		Env:  p.environment(m, t, pose.Eye), Time: t.Seconds(), Seed: s.Seed,
	}
	if s.Camera == nil {
		f.Opened = p.opened(t, m, float64(s.Width)/float64(s.Height))
	}
	f.Env.Transparent = f.Env.Transparent || p.Doc.Output.Transparent
	view := tiles.View{Eye: pose.Eye, Right: pose.Right, Up: pose.Up, Forward: pose.Forward, FovY: pose.FovY, Width: s.Width, Height: s.Height}
	p.gallery.live, p.gallery.written = s.Live, p.gallery.written[:0]
	if !p.options.NoCaptions {
		p.gallery.written = p.screen.captions(p.Doc.Story.Chapters, s, p.gallery.written)
	}
	if err := p.draw(ctx, f, m, t, &view, s.Quality.TileError); err != nil {
		return nil, err
	}
	if !p.options.NoCredits && !p.gallery.credits {
		f.Draws = append(f.Draws, p.screen.credits(p.Doc.Credits, f.View, s)...)
	}
	if !p.options.NoCaptions {
		f.Draws = append(f.Draws, p.screen.caption(m.Caption, f.View, s)...)
	}
	return f, p.tell()
}

// draw lists the draws of all visible layers.
func (p *Player) draw(ctx context.Context, f *pipeline.Frame, m scene.Moment, t scene.Time, view *tiles.View, maxError float64) error {
	p.library.dark, p.library.shops = darkness(f), shopsLit(solarHour(f))
	height := earth.FromECEF(view.Eye).Height - f.Env.GroundHeight
	var sets []tiled
	ids := uint32(1)
	p.named = p.named[:0]
	p.spans = p.spans[:0]
	p.pictures.clock++
	p.gallery.begin()
	p.films.begin(ctx)
	p.drilled.now = p.levels(m)
	for _, pl := range p.layers {
		var err error
		if pl.now, err = pl.at(m); err != nil {
			return err
		}
		p.switched(pl)
		p.drillShows(pl, p.drilled.now)
	}
	selection := p.links.at(m, p.drillFilter(p.drilled.now), p.layers)
	clips, err := p.clips(t, height, selection)
	if err != nil {
		return err
	}
	for _, pl := range p.layers {
		l := pl.now
		if !shown(l, t, height) || clipsTiles(l) {
			continue
		}
		if err := p.refresh(pl, l, selection); err != nil {
			return err
		}
		draws, err := p.presented(pl, l, t)
		if err != nil {
			return err
		}
		pl.there = true
		company := pl.company(t, height)
		if company == 0 {
			continue
		}
		rows := false
		for _, d := range draws {
			d.Fade = float32(1 - l.Opacity*company*(1-float64(d.Fade)))
			d.Time = layer.Clock(l, t.Seconds())
			d.Passing = d.Passing || p.feeds.refreshes(pl)
			if v, ok := d.What.(*drawable.Video); ok {
				if d.What, err = p.film(ctx, v, d.Time); err != nil {
					return fmt.Errorf("layer %s: %w", l.ID, err)
				}
				if d.What == nil {
					continue
				}
			}
			if panel, ok := d.What.(*drawable.Panel); ok {
				p.gallery.add(pl.id, panel, d, p.marksOf(pl, selection))
				continue
			}
			if im, ok := d.What.(*drawable.Imagery); ok {
				if err := p.imagery(ctx, f, im, d, view, maxError); err != nil {
					return fmt.Errorf("layer %s: %w", l.ID, err)
				}
				continue
			}
			if ts, ok := d.What.(*drawable.Tileset); ok {
				set, err := p.library.set(ts.Path)
				if err != nil {
					return fmt.Errorf("layer %s: %w", l.ID, err)
				}
				limit := maxError
				if ts.MaxError > 0 {
					limit = ts.MaxError
				}
				sets = append(sets, tiled{layer: pl.id, set: ts, base: d, source: set, limit: limit, order: l.Order, only: pl.filters(p.filterOf(l, selection)), clips: clipsOf(clips, pl.id), whole: l.Type == "buildings"})
				continue
			}
			d.IDBase, rows = ids, true // all are of the same rows
			if moving, ok := d.What.(*drawable.Moving); ok {
				p.library.moving(f, moving, d, m, view, t.Seconds(), pl.cutting(clips))
				continue
			}
			f.Draws = append(f.Draws, d)
		}
		if rows {
			if t := pl.numbered(); t != nil && p.library.named {
				p.named = append(p.named, idRange{layer: pl.id, base: ids, table: t})
			}
			ids += drawable.NoFeature + 1
		}
		p.spans = append(p.spans, layerSpan{l.Order, len(f.Draws)})
	}
	began := p.options.Trace.start()
	if err := p.fit(ctx, sets, view); err != nil {
		return err
	}
	p.options.Trace.span(trackFrame, "tiles", began, map[string]any{"bytes": p.library.used})
	for _, s := range sets {
		for _, tile := range s.tiles {
			c := p.library.held[tileKey{s.source.Path, tile.Index}]
			f.Draws = p.library.draws(c, &s, view, ids, f.Draws)
			if p.library.named {
				p.named = append(p.named, idRange{layer: s.layer, base: ids, tile: c})
			}
			ids += c.ids
		}
		p.spans = append(p.spans, layerSpan{s.order, len(f.Draws)})
	}
	layered := len(f.Draws)
	afar(f.Draws, view)
	pv := p.panelView(f, m, view)
	var failed error
	pv.Footage = p.filmed(ctx, f.Time, &failed)
	p.gallery.place(f, pv, view, p.Ground, p.loader != nil, &p.out)
	if failed != nil {
		return failed
	}
	p.labels.separate(f, view, p.Ground, p.loader != nil)
	inOrder(f.Draws[:layered], p.spans)
	p.highlights(f, selection)
	return nil
}

// shadowReach keeps tiles outside the view whose shadows fall into it.
const shadowReach = 120.0

// frameAll looks at the middle of the package's data from the south-west, obliquely.
func (p *Player) frameAll(aspect float64) scene.Camera {
	pk := p.Doc.Package
	if pk.Bounds == nil {
		return scene.NewCamera(earth.Place{Lng: 0, Lat: 20, Height: 2.2e7}, 0, -90)
	}
	return generate.Overview(*pk.Bounds, p.Ground, aspect)
}
