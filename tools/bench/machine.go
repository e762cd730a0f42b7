package main

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
)

// cpu is the processor's name.
func cpu() string { return procField("/proc/cpuinfo", "model name", runtime.GOARCH) }

func memory() string {
	var kb int64
	if _, err := fmt.Sscan(procField("/proc/meminfo", "MemTotal", ""), &kb); err != nil {
		return "an unknown amount"
	}
	return fmt.Sprintf("%.0f GB", float64(kb)*1024/1e9)
}

// load is how busy the machine was in the last minute.
func load() string {
	data, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "not known"
	}
	first, _, _ := strings.Cut(string(data), " ")
	return first
}

// procField is the value after a key and a colon.
func procField(path, key, none string) string {
	f, err := os.Open(path)
	if err != nil {
		return none
	}
	defer func() { _ = f.Close() }()
	for s := bufio.NewScanner(f); s.Scan(); {
		if k, v, _ := strings.Cut(s.Text(), ":"); strings.TrimSpace(k) == key {
			return strings.TrimSpace(v)
		}
	}
	return none
}

// mesa is the version of Debian's Mesa.
func mesa() string {
	out, err := exec.Command("dpkg-query", "-W", "-f", "${Version}", "libgl1-mesa-dri").Output()
	if err != nil {
		return "Mesa of unknown version"
	}
	return "Mesa " + string(out)
}
