package framegraph

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

type format string

func (f format) String() string { return string(f) }

// fake counts textures; a texture is its number.
type fake struct {
	made  []Desc
	freed []int
	fail  bool
}

func (a *fake) NewTexture(_ string, d Desc) (int, error) {
	if a.fail {
		return 0, errors.New("out of memory")
	}
	a.made = append(a.made, d)
	return len(a.made), nil
}

func (a *fake) FreeTexture(t int) { a.freed = append(a.freed, t) }

var (
	color = Desc{64, 32, 1, format("RGBA8")}
	depth = Desc{64, 32, 1, format("D32F")}
)

func nothing(*Ctx[int]) error { return nil }

// chain adds a pass that reads the handles and writes a new texture.
func chain(g *Graph[int], ran *[]string, name string, d Desc, in ...Handle) (out Handle) {
	g.Add(name, func(b *Builder[int]) Exec[int] {
		for _, h := range in {
			b.Read(h)
		}
		out = b.Write(b.Create(name, d))
		return func(*Ctx[int]) error { *ran = append(*ran, name); return nil }
	})
	return out
}

func TestOrderCullingAndSharing(t *testing.T) {
	a := &fake{}
	g := New(NewPool[int](a))
	var ran []string
	x := chain(g, &ran, "a", color)
	y := chain(g, &ran, "b", color, x)
	chain(g, &ran, "unused", color, y)
	z := chain(g, &ran, "c", color, y)
	w := chain(g, &ran, "d", color, z)
	g.Add("effect", func(b *Builder[int]) Exec[int] {
		b.SideEffect()
		return func(*Ctx[int]) error { ran = append(ran, "effect"); return nil }
	})
	g.Output(w)
	if err := g.Compile(); err != nil {
		t.Fatal(err)
	}
	if err := g.Run(nil); err != nil {
		t.Fatal(err)
	}
	want := []string{"a", "b", "c", "d", "effect"}
	if !slices.Equal(ran, want) || !slices.Equal(g.Passes(), want) {
		t.Errorf("ran %v, passes %v", ran, g.Passes())
	}
	// a and b live together; c may take a's texture, d takes b's.
	if len(a.made) != 2 {
		t.Errorf("%d textures for a chain", len(a.made))
	}
	if g.Tex(x) == g.Tex(y) || g.Tex(x) != g.Tex(z) || g.Tex(z) == g.Tex(w) {
		t.Errorf("textures %d %d %d %d", g.Tex(x), g.Tex(y), g.Tex(z), g.Tex(w))
	}
	if err := g.Compile(); err == nil {
		t.Error("compiled twice")
	}
}

func TestOutputIsNotShared(t *testing.T) {
	a := &fake{}
	g := New(NewPool[int](a))
	var ran []string
	x := chain(g, &ran, "a", color)
	y := chain(g, &ran, "b", color, x)
	z := chain(g, &ran, "c", color, y)
	g.Output(x)
	g.Output(z)
	if err := g.Compile(); err != nil {
		t.Fatal(err)
	}
	if g.Tex(x) == g.Tex(z) || g.Tex(x) == g.Tex(y) {
		t.Error("something drew over an output")
	}
}

func TestMistakes(t *testing.T) {
	g := New(NewPool[int](&fake{}))
	var x, y Handle
	g.Add("one", func(b *Builder[int]) Exec[int] {
		x = b.Create("x", color)
		b.Read(x)        // never written
		y = b.Write(x)   // now version 1
		b.Write(x)       // stale
		b.Read(Handle{}) // nothing
		b.Create("flat", Desc{0, 5, 1, format("R8")})
		return nothing
	})
	g.Add("two", func(b *Builder[int]) Exec[int] { b.Read(x); b.Write(Handle{}); return nothing })
	g.Output(Handle{})
	err := g.Compile()
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{"one reads x before", "one writes version 0 of x, which is now 1", "reads the zero handle", "flat is 0×5", "two reads version 0 of x", "two writes the zero handle", "an output is"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("no %q in:\n%v", want, err)
		}
	}
	_ = y
}

func TestErrorsNameThePass(t *testing.T) {
	g := New(NewPool[int](&fake{}))
	g.Add("ao", func(b *Builder[int]) Exec[int] {
		b.SideEffect()
		return func(*Ctx[int]) error { return errors.New("no program") }
	})
	if err := g.Compile(); err != nil {
		t.Fatal(err)
	}
	if err := g.Run(nil); err == nil || err.Error() != "pass ao: no program" {
		t.Errorf("got %v", err)
	}
	g = New(NewPool[int](&fake{fail: true}))
	var ran []string
	g.Output(chain(g, &ran, "a", color))
	if err := g.Compile(); err == nil || !strings.Contains(err.Error(), "texture a: out of memory") {
		t.Errorf("got %v", err)
	}
}

func TestHistory(t *testing.T) {
	a := &fake{}
	g := New(NewPool[int](a))
	previous, next := g.History("taa", color)
	var got []string
	g.Add("taa", func(b *Builder[int]) Exec[int] {
		b.Read(previous)
		next = b.Write(next)
		return func(c *Ctx[int]) error {
			got = append(got, fmt.Sprint(c.HistoryValid(previous), c.Tex(previous), c.Tex(next)))
			return nil
		}
	})
	g.Output(next)
	if err := g.Compile(); err != nil {
		t.Fatal(err)
	}
	for i := range 4 {
		if i == 3 {
			g.Forget()
		}
		if err := g.Run(nil); err != nil {
			t.Fatal(err)
		}
	}
	want := []string{"false 1 2", "true 2 1", "true 1 2", "false 2 1"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

func TestPoolReusesAndTrims(t *testing.T) {
	a := &fake{}
	pool := NewPool[int](a)
	for range 3 {
		g := New(pool)
		var ran []string
		g.Output(chain(g, &ran, "b", depth, chain(g, &ran, "a", color)))
		if err := g.Compile(); err != nil {
			t.Fatal(err)
		}
		g.Release()
		g.Release()
		pool.Trim(3)
	}
	if len(a.made) != 2 || len(a.freed) != 0 {
		t.Errorf("made %d, freed %d", len(a.made), len(a.freed))
	}
	for range 3 {
		pool.Trim(3)
	}
	pool.Trim(0)
	if len(a.freed) != 2 {
		t.Errorf("freed %v", a.freed)
	}
}

// city is a graph of the shape of ours, with a pass that nothing needs.
func city() *Graph[int] {
	g := New(NewPool[int](&fake{}))
	var ran []string
	shadow := g.Import("shadow", 99, depth)
	g.Add("shadow", func(b *Builder[int]) Exec[int] { shadow = b.Write(shadow); return nothing })
	var base, z Handle
	g.Add("gbuffer", func(b *Builder[int]) Exec[int] {
		base, z = b.Write(b.Create("base", color)), b.Write(b.Create("depth", depth))
		return nothing
	})
	ao := chain(g, &ran, "ao", Desc{32, 16, 0, format("R8")}, z)
	chain(g, &ran, "velocity", color, z)
	lit := chain(g, &ran, "lighting", color, base, z, ao, shadow)
	previous, next := g.History("taa", color)
	g.Add("taa", func(b *Builder[int]) Exec[int] {
		b.Read(lit)
		b.Read(previous)
		next = b.Write(next)
		return nothing
	})
	g.Output(next)
	return g
}

func TestDotGolden(t *testing.T) {
	g := city()
	if err := g.Compile(); err != nil {
		t.Fatal(err)
	}
	got := g.Dot()
	const path = "testdata/city.dot"
	if os.Getenv("LONGTAKE_UPDATE") != "" {
		if err := os.WriteFile(path, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the graph has changed (LONGTAKE_UPDATE=1 accepts it):\n%s", got)
	}
}

type counter struct{ begun, ended int }

func (c *counter) BeginPass(i int, _ string) { c.begun += i }
func (c *counter) EndPass(i int, _ string)   { c.ended += i }

func TestSteadyRunAllocatesNothing(t *testing.T) {
	g := city()
	if err := g.Compile(); err != nil {
		t.Fatal(err)
	}
	h := &counter{}
	if n := testing.AllocsPerRun(100, func() {
		if err := g.Run(h); err != nil {
			t.Fatal(err)
		}
	}); n != 0 {
		t.Errorf("%v allocations a run", n)
	}
	if h.begun == 0 || h.begun != h.ended {
		t.Errorf("hooks %d %d", h.begun, h.ended)
	}
}
