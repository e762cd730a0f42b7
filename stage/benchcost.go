package stage

import (
	"bytes"
	"os"
	"strconv"
)

// resetPeak lets the kernel measure the peak of memory anew (proc(5), clear_refs).
func resetPeak() { _ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) }

// peakMemory is the most resident memory of this process since resetPeak, in bytes; nil
// where the system does not tell.
func peakMemory() *int64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return nil
	}
	_, rest, ok := bytes.Cut(status, []byte("VmHWM:"))
	if !ok {
		return nil
	}
	fields := bytes.Fields(rest)
	if len(fields) == 0 {
		return nil
	}
	kb, err := strconv.ParseInt(string(fields[0]), 10, 64)
	if err != nil {
		return nil
	}
	kb *= 1024
	return &kb
}

// processor is the time in seconds that cores have worked for this process, in itself and
// in the kernel, to a hundredth (proc(5), stat); 0 where the system does not tell. Unlike
// the clock it hardly depends on what else runs.
func processor() float64 {
	stat, err := os.ReadFile("/proc/self/stat")
	if err != nil {
		return 0
	}
	// The program's name, in parentheses, may hold spaces: fields count from behind it.
	fields := bytes.Fields(stat[bytes.LastIndexByte(stat, ')')+1:])
	const user, kernel, perSecond = 11, 12, 100
	ticks := 0.0
	for _, i := range []int{user, kernel} {
		if i < len(fields) {
			n, _ := strconv.ParseFloat(string(fields[i]), 64)
			ticks += n
		}
	}
	return ticks / perSecond
}
