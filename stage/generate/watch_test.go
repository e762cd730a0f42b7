package generate

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime/metrics"
	"runtime/pprof"
	"strconv"
	"syscall"
	"testing"
	"time"
)

// childWatch names the folder in which a child notes what it holds; where childHeaps is
// set, too, it leaves a profile of the heap there at each new peak of what is
// held in a phase.
const (
	childWatch = "LONGTAKE_TEST_CHILD_WATCH"
	childHeaps = "LONGTAKE_TEST_CHILD_HEAPS"
)

// held is what a child that is watched tells at its end.
type held struct {
	Input     int64   // bytes that were read
	Peak      int64   // of the process's resident memory, bytes
	Base      int64   // of that before anything was read
	Live      int64   // the most that a collection has left, bytes
	Seconds   float64 // of processor time
	Collector float64 // share of the processor time that the collector took
	Phases    []phase
}

// phase is a task of the run.
type phase struct {
	Task    string
	Peak    int64 // of resident memory so far, bytes
	Live    int64 // the most that a collection has left in it, bytes
	Least   int64 // the least of that: what lasts, and little work; 0 where nothing was collected
	Seconds float64
}

// watch notes what the process holds in every phase. end writes it down.
func watch() (say Reporter, end func() error) {
	dir := os.Getenv(childWatch)
	if dir == "" {
		return nil, func() error { return nil }
	}
	w := held{Base: peak()}
	heaps := os.Getenv(childHeaps) != ""
	profiled, begun := int64(0), uint64(0)
	say = func(p Progress) {
		if n := len(w.Phases); n == 0 || w.Phases[n-1].Task != p.Task {
			w.Phases = append(w.Phases, phase{Task: p.Task})
			begun = collections()
			if heaps {
				fmt.Fprintln(os.Stderr, time.Now().Format("15:04:05"), w.Phases[max(n-1, 0)])
			}
		}
		if n := len(w.Phases); n > 1 && w.Phases[n-1].Seconds == 0 {
			profiled = 0 // of each phase its own
		}
		now := &w.Phases[len(w.Phases)-1]
		now.Peak, now.Live, now.Seconds = peak(), max(now.Live, live()), spent()
		w.Live = max(w.Live, now.Live)
		if left := live(); collections() > begun && (now.Least == 0 || left < now.Least) {
			now.Least = left
		}
		if heaps && now.Live > profiled+profiled/20 {
			profiled = now.Live
			var b bytes.Buffer
			if pprof.Lookup("heap").WriteTo(&b, 0) == nil {
				_ = os.WriteFile(filepath.Join(dir, fmt.Sprintf("heap-%04d-%s.pprof", now.Live>>20, p.Task)), b.Bytes(), 0o666)
			}
		}
	}
	return say, func() error {
		w.Peak, w.Seconds = peak(), spent()
		var all []metrics.Sample // of one estimate, that counts waiting for a busy machine, too
		for _, class := range []string{"gc/total", "gc/mark/idle", "total", "idle"} {
			all = append(all, metrics.Sample{Name: "/cpu/classes/" + class + ":cpu-seconds"})
		}
		metrics.Read(all)
		of := func(i int) float64 { return all[i].Value.Float64() }
		w.Collector = (of(0) - of(1)) / (of(2) - of(3) - of(1))
		data, err := json.Marshal(w)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(dir, "held.json"), data, 0o666)
	}
}

// peak is the most resident memory of this process so far: VmHWM of proc(5), which unlike
// getrusage's begins anew with the program.
func peak() int64 {
	data, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	_, rest, _ := bytes.Cut(data, []byte("VmHWM:"))
	f := bytes.Fields(rest)
	if len(f) == 0 {
		return 0
	}
	kb, _ := strconv.ParseInt(string(f[0]), 10, 64)
	return kb << 10
}

// live is what the last collection has left on the heap.
func live() int64 {
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	return int64(sample[0].Value.Uint64())
}

// collections is how many there have been.
func collections() uint64 {
	sample := []metrics.Sample{{Name: "/gc/cycles/total:gc-cycles"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

// spent is the processor time of this process in seconds.
func spent() float64 {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return float64(u.Utime.Nano()+u.Stime.Nano()) / 1e9
}

// watched reads what a child has told.
func watched(t testing.TB, dir string) (h held) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, "held.json"))
	if err == nil {
		err = json.Unmarshal(data, &h)
	}
	if err != nil {
		t.Fatal(err)
	}
	return h
}
