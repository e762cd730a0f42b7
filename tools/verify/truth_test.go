package verify_test

import (
	"context"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/longtake/longtake/scene"
	"github.com/longtake/longtake/stage"
	"github.com/longtake/longtake/tools/engines"
)

// truth holds the sample city's named views against the ray tracer at `high` and `low`,
// with three.js' GTAOPass and streets-gl's figures on the same depths and normals beside
// ours. Tables go to truth.md in dir, heat maps beside it. Ours must be lower on every
// view than each of the peers.
func truth(t *testing.T, bin, dir string) []string {
	data, city := filepath.Join(dir, "data"), filepath.Join(dir, "package")
	longtake(t, bin, "sample", data, "--quiet")
	longtake(t, bin, "generate", filepath.Join(data, "scene.yaml"), "-o", city, "--cache", "off", "--quiet")
	player, err := stage.Open(city, stage.PlayOptions{})
	if err != nil {
		t.Fatal(err)
	}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	var page strings.Builder
	said := ""
	for _, tier := range []struct {
		name string
		peer func(t *testing.T) []stage.Occlusion
	}{{"high", peers}, {"low", func(*testing.T) []stage.Occlusion { return nil }}} {
		o := stage.CompareOptions{Size: scene.Size{Width: 640, Height: 360}, Quality: tier.name, Mirror: true, Samples: 100, Part: 7, Peers: tier.peer(t), Maps: filepath.Join(dir, tier.name)}
		if err := os.MkdirAll(o.Maps, 0o777); err != nil {
			t.Fatal(err)
		}
		for _, v := range player.Doc.Views {
			o.Views = append(o.Views, v.Name)
		}
		o.Each = func(v *stage.ViewScores) { // a run takes long: what is known shows at once
			t.Log(tier.name, v.Name, tables(tier.name, &stage.Comparison{Views: []stage.ViewScores{*v}, Size: o.Size}))
		}
		c, err := stage.Compare(t.Context(), player, o)
		if err != nil {
			t.Fatal(err)
		}
		page.WriteString(tables(tier.name, c))
		most, best := 0.0, math.Inf(1)
		for _, v := range c.Views {
			most = max(most, v.AO.RMSE)
			for _, p := range v.Peers {
				best = min(best, p.RMSE)
				if p.RMSE <= v.AO.RMSE && v.AO.RMSE > 5e-4 { // from orbit nothing is hidden, nor do we hide anything
					t.Errorf("%s: %s misses the truth by %.3f, we by %.3f", v.Name, p.Name, p.RMSE, v.AO.RMSE)
				}
			}
		}
		said += fmt.Sprintf("; %s: occlusion misses by %.3f on average, %.3f at most", tier.name, c.AO.RMSE, most)
		if !math.IsInf(best, 1) {
			said += fmt.Sprintf(", peers by %.3f at least", best)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "truth.md"), []byte(page.String()), 0o666); err != nil {
		t.Fatal(err)
	}
	return []string{strings.TrimPrefix(said, "; ")}
}

// peers are GTAOPass as it comes, and with our reach at nine settings; and streets-gl's
// figures as they are and with our reach.
func peers(t *testing.T) []stage.Occlusion {
	here := enginesAt(t)
	names := []string{"GTAOPass"}
	settings := func(r float64) []engines.GTAO { return []engines.GTAO{engines.DefaultGTAO} }
	for _, thick := range []float64{0.25, 0.5, 1} {
		for _, fall := range []float64{0, 0.5, 1} {
			names = append(names, fmt.Sprintf("GTAOPass, our reach, thickness %g of it, fall-off %g", thick, fall))
			less := settings
			settings = func(r float64) []engines.GTAO {
				s := engines.DefaultGTAO
				s.Radius, s.Thickness, s.DistanceFallOff = r, thick*r, fall
				return append(less(r), s)
			}
		}
	}
	var of *stage.Surfaces // whose visibilities are known, for all settings
	var known [][]float64
	var out []stage.Occlusion
	for i, name := range names {
		out = append(out, stage.Occlusion{Name: name, Of: func(ctx context.Context, s *stage.Surfaces) (_ []float64, err error) {
			if of != s {
				if known, err = engines.Occlude(ctx, here, s, settings(reach(s))); err != nil {
					return nil, err
				}
				of = s
			}
			return known[i], nil
		}})
	}
	return append(out,
		stage.Occlusion{Name: "streets-gl", Of: func(_ context.Context, s *stage.Surfaces) ([]float64, error) {
			return engines.StreetsGL.Of(s, 16), nil
		}},
		stage.Occlusion{Name: "streets-gl, our reach", Of: func(_ context.Context, s *stage.Surfaces) ([]float64, error) {
			k, r := engines.StreetsGL, reach(s)
			k.Bias, k.Slope = k.Bias*r/k.Radius, k.Slope*r/k.Radius
			k.Radius, k.Nearer = r, 1e-9
			return k.Of(s, 16), nil
		}})
}

// reach is what the truth looks for at the median depth of a view.
func reach(s *stage.Surfaces) float64 {
	var depths []float64
	for _, z := range s.Depth {
		if !math.IsInf(float64(z), 1) {
			depths = append(depths, float64(z))
		}
	}
	return s.Reach(middle(depths))
}

// tables are a comparison in words.
func tables(tier string, c *stage.Comparison) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n## %s, %s, %s\n\n| view | occlusion | solid | foliage | fine | reflections | solid | foliage | fine | px | shadows wrong, beyond a texel |\n|%s\n", tier, c.Size, c.Renderer, strings.Repeat(" --- |", 11))
	for _, v := range c.Views {
		a := v.AO
		fmt.Fprintf(&b, "| %s | %.3f (%+.3f) |", v.Name, a.RMSE, a.Bias)
		for _, p := range []stage.AOPart{a.Parts.Solid, a.Parts.Leaf, a.Parts.Fine} {
			fmt.Fprintf(&b, " %.3f, %.0f %% of %.0f %% |", p.RMSE, 100*p.Error, 100*p.Share)
		}
		if s := v.SSR; s != nil {
			fmt.Fprintf(&b, " %.3f, %.3f |", s.Precision, s.Recall)
			for _, p := range []stage.SSRPart{s.Parts.Solid, s.Parts.Leaf, s.Parts.Fine} {
				fmt.Fprintf(&b, " %.3f of %d, %.3f of %d |", p.Precision, p.Found, p.Recall, p.Shown)
			}
			fmt.Fprintf(&b, " %.2f |", s.MedianPX)
		} else {
			b.WriteString(" - | - | - | - | - |")
		}
		if s := v.Shadow; s != nil {
			fmt.Fprintf(&b, " %.2f %%, %.2f %% |\n", 100*s.Wrong, 100*s.Beyond)
		} else {
			b.WriteString(" - |\n")
		}
	}
	if len(c.Views) == 0 || len(c.Views[0].Peers) == 0 {
		return b.String()
	}
	b.WriteString("\n| occlusion by |")
	for _, v := range c.Views {
		b.WriteString(" " + v.Name + " |")
	}
	b.WriteString("\n|" + strings.Repeat(" --- |", 1+len(c.Views)) + "\n| ours |")
	for _, v := range c.Views {
		fmt.Fprintf(&b, " %.3f |", v.AO.RMSE)
	}
	for i, p := range c.Views[0].Peers {
		b.WriteString("\n| " + p.Name + " |")
		for _, v := range c.Views {
			fmt.Fprintf(&b, " %.3f |", v.Peers[i].RMSE)
		}
	}
	return b.String() + "\n"
}

// middle is the median.
func middle(x []float64) float64 {
	slices.Sort(x)
	if len(x) == 0 {
		return 0
	}
	return x[len(x)/2]
}
