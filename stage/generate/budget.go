package generate

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"sync"

	"golang.org/x/sync/semaphore"
)

// budget bounds the memory of a run: the collector keeps the heap below the limit, jobs
// wait until what they are likely to hold fits, and what has no bound goes to disk.
type budget struct {
	limit   int64 // of the process
	cores   int   // that work at a time
	spill   int   // what one kind of scratch may hold before it goes to disk
	grid    int   // bytes of the terrain's grid that are held
	slots   *semaphore.Weighted
	size    int64 // of slots
	held    int64 // of them for what lasts to the end
	release func()
}

// LeastMemory lets a run with every layer spend nine tenths of its time on the work, on one
// core: what lasts, one large block and a ground tile of the whole region leave some 60 MB
// on the heap after a collection, whatever the size of the input.
const LeastMemory = 136_000_000

const (
	// resident is what a process holds beyond Go's heap: its own pages and those of the
	// libraries it is linked with.
	resident = 34 << 20
	// lasting is what is held all along and cannot be spilled: tables of the program and what
	// it knows of blocks.
	lasting = 24 << 20
	// eachCore is the share of the limit that lets another core work: its sketches, meshes and
	// buffers are held whatever it works on.
	eachCore = 96_000_000
	// overshoot is what the heap grows by while a collection of a busy machine is under way:
	// 10 MB were seen beyond the 19 that an eighth of 160 MB leaves.
	overshoot = 26 << 20
	// garbage is how much of what is held may be garbage, in percent, while it is below a
	// limit that is given: blocks leave much of it, and collecting costs processor time.
	// freeGarbage is that where none is given.
	garbage     = 300
	freeGarbage = 500
)

// newBudget sets the process's memory limit, until release. 0 is half of the machine's.
func newBudget(limit int64) (*budget, error) {
	percent := garbage
	if limit == 0 {
		percent = freeGarbage
		limit = max(machineMemory()/2, LeastMemory)
	}
	if limit < LeastMemory {
		return nil, fmt.Errorf("a memory limit of %.4g MB is too small, at least %g MB are needed whatever the input", float64(limit)/1e6, LeastMemory/1e6)
	}
	b := &budget{limit: limit, cores: min(runtime.GOMAXPROCS(0), int(limit/eachCore))}
	before := debug.SetMemoryLimit(limit - resident - max(limit/8, overshoot))
	often := debug.SetGCPercent(percent)
	b.release = func() {
		debug.SetMemoryLimit(before)
		debug.SetGCPercent(often)
	}
	// Half is for the collector's garbage and what is held all along.
	b.size = max((limit-resident)/3, 8<<20)
	b.slots = semaphore.NewWeighted(b.size)
	b.spill = int(min(max((limit-resident-lasting)/32, 1<<20), 1<<30))
	b.grid = int(min(max((limit-resident)/16, 4<<20), 1<<30))
	return b, nil
}

// hold takes bytes of the budget for what lasts to the end, at most half of it in all:
// what is larger is let through, as nothing could be built without it. It is not for
// jobs.
func (b *budget) hold(n int64) {
	n = min(n, b.size/2-b.held)
	if n > 0 && b.slots.TryAcquire(n) {
		b.held += n
	}
}

// machineMemory is the memory of the machine in bytes, 4 GiB where it does not tell.
func machineMemory() int64 {
	data, err := os.ReadFile("/proc/meminfo")
	if err == nil {
		if _, rest, ok := bytes.Cut(data, []byte("MemTotal:")); ok {
			if f := bytes.Fields(rest); len(f) > 0 {
				if kb, err := strconv.ParseInt(string(f[0]), 10, 64); err == nil {
					return kb << 10
				}
			}
		}
	}
	return 4 << 30
}

// jobs calls f for 0..n-1 on as many cores as the limit lets work, each when its weight in
// bytes fits into the budget, and stops at the first error. done is called with the number
// finished, from one goroutine at a time; it may be nil.
func (b *budget) jobs(ctx context.Context, n int, weight func(i int) int64, f func(i int) error, done func(int)) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var take, mu sync.Mutex
	next, finished := 0, 0
	var wg sync.WaitGroup
	for range min(b.cores, n) {
		wg.Go(func() {
			for {
				take.Lock() // waiting for memory keeps the order
				i := next
				next++
				var held int64
				if i < n && ctx.Err() == nil && weight != nil {
					held = min(weight(i), b.size-b.held)
					if b.slots.Acquire(ctx, held) != nil {
						held = 0
					}
				}
				take.Unlock()
				if i >= n || ctx.Err() != nil {
					b.slots.Release(held)
					return
				}
				err := f(i)
				b.slots.Release(held)
				if err != nil {
					cancel(err)
					return
				}
				mu.Lock()
				finished++
				if done != nil {
					done(finished)
				}
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	return context.Cause(ctx)
}
