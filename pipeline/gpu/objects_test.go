package gpu_test

import (
	"bytes"
	"testing"
	"unsafe"

	"github.com/longtake/longtake/pipeline/gpu"
)

func TestTextureRoundTripsEveryFormat(t *testing.T) {
	context(t)
	for _, f := range []gpu.Format{gpu.R8, gpu.RG8, gpu.RGBA8, gpu.SRGB8A8, gpu.R16, gpu.RG16, gpu.RGBA16, gpu.R32F, gpu.RG32F, gpu.RGBA32F, gpu.R32UI, gpu.D32F} {
		tex, err := gpu.NewTexture(f.String(), gpu.TextureDesc{Format: f, Width: 5, Height: 3})
		if err != nil {
			t.Fatal(err)
		}
		want := make([]byte, 15*f.ClientBytes())
		for i := range want {
			want[i] = byte(i * 7)
			if f == gpu.R32F || f == gpu.RG32F || f == gpu.RGBA32F || f == gpu.D32F {
				want[i] = []byte{0, 0, 0x20 | byte(i), 0x3e}[i%4] // floats below 1
			}
		}
		tex.Upload(0, 0, unsafe.Pointer(&want[0]))
		got := make([]byte, len(want))
		if err := tex.Read(0, got); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%v came back changed", f)
		}
		if err := tex.Read(0, got[1:]); err == nil {
			t.Errorf("%v was read into too little memory", f)
		}
		tex.Release()
		tex.Release()
	}
}

func TestTextureLimits(t *testing.T) {
	context(t)
	for _, d := range []gpu.TextureDesc{{Format: gpu.R8}, {Format: gpu.R8, Width: 1 << 20, Height: 1}, {Format: gpu.R8, Width: 4, Height: -1}} {
		if _, err := gpu.NewTexture("bad", d); err == nil {
			t.Errorf("made a texture of %d×%d", d.Width, d.Height)
		}
	}
	tex, err := gpu.NewTexture("mips", gpu.TextureDesc{Format: gpu.RGBA8, Width: 100, Height: 30, Levels: gpu.AllLevels})
	if err != nil {
		t.Fatal(err)
	}
	defer tex.Release()
	if w, h := tex.LevelSize(tex.Levels - 1); tex.Levels != 7 || w != 1 || h != 1 {
		t.Errorf("%d levels, the last %d×%d", tex.Levels, w, h)
	}
}

func TestTargetCacheAndClears(t *testing.T) {
	context(t)
	a, err := gpu.NewTexture("a", gpu.TextureDesc{Format: gpu.RGBA8, Width: 4, Height: 4})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Release()
	var cache gpu.TargetCache
	defer cache.Release()
	x, err := cache.Get(gpu.Attachment{}, gpu.Attachment{Texture: a})
	if err != nil {
		t.Fatal(err)
	}
	if n := testing.AllocsPerRun(10, func() { _, _ = cache.Get(gpu.Attachment{}, gpu.Attachment{Texture: a}) }); n > 0 {
		t.Errorf("%v allocations for a known target", n)
	}
	gpu.State{Linear: true}.Apply()
	x.ClearColor(0, 1, 0, 0.2, 1)
	got := make([]byte, 64)
	if err := a.Read(0, got); err != nil {
		t.Fatal(err)
	}
	if got[0] != 255 || got[1] != 0 || got[2] != 51 || got[63] != 255 {
		t.Errorf("cleared to %v", got[:4])
	}
	cache.Forget(a)
	if y, _ := cache.Get(gpu.Attachment{}, gpu.Attachment{Texture: a}); y == x {
		t.Error("a forgotten target came back")
	}
}

func TestRingAndBuffer(t *testing.T) {
	context(t)
	r, err := gpu.NewRing("ring", 3, 1000)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Release()
	if r.Slot() < 1000 || r.Slot()%256 != 0 {
		t.Errorf("a slot of %d bytes", r.Slot())
	}
	for i := range 10 {
		s := r.Next()
		s[0], s[len(s)-1] = byte(i), byte(i)
		r.Done()
	}
	b := gpu.NewBuffer("buffer", 16)
	defer b.Release()
	b.Write(4, []byte{1, 2, 3})
	got := make([]byte, 3)
	b.Read(4, got)
	if !bytes.Equal(got, []byte{1, 2, 3}) {
		t.Errorf("read %v", got)
	}
	defer func() {
		if recover() == nil {
			t.Error("wrote beyond the buffer")
		}
	}()
	b.Write(14, []byte{1, 2, 3})
}

func TestTimersCountSpans(t *testing.T) {
	context(t)
	var timers gpu.Timers
	defer timers.Release()
	for range 4 {
		timers.BeginFrame()
		for range 40 {
			timers.Mark()
		}
	}
	timers.Flush()
	if n := len(timers.Milliseconds()); n != 39 {
		t.Errorf("%d spans between 40 marks", n)
	}
	for _, ms := range timers.Milliseconds() {
		if ms < 0 {
			t.Errorf("a span of %v ms", ms)
		}
	}
}
