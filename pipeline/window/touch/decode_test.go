package touch

import (
	"encoding/binary"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"
)

type event struct {
	ms         int
	kind, code uint16
	value      int32
}

// bytesOf are events as the kernel writes them.
func bytesOf(events ...event) (out []byte) {
	for _, e := range events {
		out = binary.LittleEndian.AppendUint64(out, uint64(e.ms/1000))
		out = binary.LittleEndian.AppendUint64(out, uint64(e.ms%1000*1000))
		out = binary.LittleEndian.AppendUint16(out, e.kind)
		out = binary.LittleEndian.AppendUint16(out, e.code)
		out = binary.LittleEndian.AppendUint32(out, uint32(e.value))
	}
	return out
}

// pinch is two fingers that come, move apart and go, as protocol B tells it: only what changes.
var pinch = bytesOf(
	event{1000, evAbs, absSlot, 0}, event{1000, evAbs, absTracking, 40}, event{1000, evAbs, absMTX, 1000}, event{1000, evAbs, absMTY, 500}, event{1000, evKey, btnTouch, 1}, event{1000, evSyn, synReport, 0},
	event{1010, evAbs, absSlot, 1}, event{1010, evAbs, absTracking, 41}, event{1010, evAbs, absMTX, 3000}, event{1010, evAbs, absMTY, 500}, event{1010, evSyn, synReport, 0},
	event{1020, evAbs, absMTX, 4000}, event{1020, evAbs, absSlot, 0}, event{1020, evAbs, absMTX, 0}, event{1020, evSyn, synReport, 0},
	event{1030, evAbs, absTracking, -1}, event{1030, evSyn, synReport, 0},
	event{1040, evAbs, absSlot, 1}, event{1040, evAbs, absTracking, -1}, event{1040, evKey, btnTouch, 0}, event{1040, evSyn, synReport, 0},
)

var pinched = []Frame{
	{1000 * time.Millisecond, []Finger{{40, 0.25, 0.5}}},
	{1010 * time.Millisecond, []Finger{{40, 0.25, 0.5}, {41, 0.75, 0.5}}},
	{1020 * time.Millisecond, []Finger{{40, 0, 0.5}, {41, 1, 0.5}}},
	{1030 * time.Millisecond, []Finger{{41, 1, 0.5}}},
	{1040 * time.Millisecond, nil},
}

func TestFingersAreTold(t *testing.T) {
	screen := Decoder{X: Range{0, 4000}, Y: Range{0, 1000}}
	for _, size := range []int{1, 7, 24, 1000} { // however the bytes come
		d, got := screen, []Frame(nil)
		for at := 0; at < len(pinch); at += size {
			got = append(got, d.Feed(pinch[at:min(at+size, len(pinch))])...)
		}
		if !reflect.DeepEqual(got, pinched) {
			t.Errorf("by %d bytes: %v", size, got)
		}
	}
	one := Decoder{X: Range{100, 300}, Y: Range{0, 10}, Single: true}
	got := one.Feed(bytesOf(event{0, evKey, btnTouch, 1}, event{0, evAbs, absX, 150}, event{0, evAbs, absY, 5}, event{0, evSyn, synReport, 0},
		event{5, evAbs, absX, 900}, event{5, evSyn, synReport, 0}, event{9, evKey, btnTouch, 0}, event{9, evSyn, synReport, 0},
		event{20, evKey, btnTouch, 1}, event{20, evSyn, synReport, 0}))
	want := []Frame{{0, []Finger{{1, 0.25, 0.5}}}, {5 * time.Millisecond, []Finger{{1, 1, 0.5}}}, {9 * time.Millisecond, nil}, {20 * time.Millisecond, []Finger{{2, 1, 0.5}}}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("one finger: %v", got)
	}
}

// Where the kernel has dropped events no finger is taken to be there, until one comes anew.
func TestDroppedEventsLiftFingers(t *testing.T) {
	d := Decoder{X: Range{0, 4000}, Y: Range{0, 1000}}
	d.Feed(pinch[:11*eventSize])
	got := d.Feed(bytesOf(event{1, evSyn, synDropped, 0}, event{1, evAbs, absMTX, 5}, event{1, evSyn, synReport, 0}))
	if len(got) != 1 || len(got[0].Fingers) != 0 {
		t.Errorf("after a loss: %v", got)
	}
	if got := d.Feed(pinch[:6*eventSize]); len(got) != 1 || len(got[0].Fingers) != 1 {
		t.Errorf("a finger after a loss: %v", got)
	}
}

func TestWhatIsNoTouchScreenIsRefused(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, pinch, 0o666); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{file: "no positions", file + "s": "no such device", "/dev/null": "no positions"} {
		if d, err := Open(path); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: %v, %v", path, d, err)
		}
	}
}

func FuzzDecoder(f *testing.F) {
	f.Add(pinch, int32(0), int32(4000), false)
	f.Add(pinch[3:], int32(-5), int32(-5), true)
	f.Add(bytesOf(event{0, evAbs, absSlot, -1}, event{0, evAbs, absTracking, 4}, event{0, evAbs, absSlot, 1 << 30}, event{0, evAbs, absMTX, 4}, event{0, evSyn, synReport, 0}), int32(0), int32(9), false)
	f.Fuzz(func(t *testing.T, data []byte, low, high int32, single bool) {
		d := Decoder{X: Range{low, high}, Y: Range{high, low}, Single: single}
		for _, frame := range d.Feed(data) {
			if len(frame.Fingers) > slots {
				t.Fatalf("%d fingers", len(frame.Fingers))
			}
			for _, one := range frame.Fingers {
				if !(one.X >= 0 && one.X <= 1 && one.Y >= 0 && one.Y <= 1) {
					t.Fatalf("a finger at %v, %v", one.X, one.Y)
				}
			}
		}
		if len(d.rest) >= eventSize {
			t.Fatalf("%d bytes are kept", len(d.rest))
		}
	})
}
