package engines

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
)

// worked is the processor time in milliseconds of a process and of all that it has started and
// that still run: of their threads that still do (the kernel's sched-stats). Unlike the clock it
// hardly depends on what else runs; 0 where the system does not tell.
func worked(pid int) float64 {
	files, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		return 0
	}
	parent := map[int]int{}
	for _, f := range files {
		stat, err := os.ReadFile(f)
		if err != nil {
			continue // it has ended
		}
		// The program's name, in parentheses, may hold spaces: fields count from behind it.
		fields := bytes.Fields(stat[bytes.LastIndexByte(stat, ')')+1:])
		id, err := strconv.Atoi(filepath.Base(filepath.Dir(f)))
		if err != nil || len(fields) < 2 {
			continue
		}
		parent[id], _ = strconv.Atoi(string(fields[1]))
	}
	sum := 0.0
	for id := range parent {
		at := id
		for at != pid && at > 1 {
			at = parent[at]
		}
		if at != pid {
			continue
		}
		threads, _ := filepath.Glob(filepath.Join("/proc", strconv.Itoa(id), "task", "*", "schedstat"))
		for _, f := range threads {
			stat, _ := os.ReadFile(f)
			if fields := bytes.Fields(stat); len(fields) > 0 {
				ns, _ := strconv.ParseFloat(string(fields[0]), 64)
				sum += ns / 1e6
			}
		}
	}
	return sum
}
