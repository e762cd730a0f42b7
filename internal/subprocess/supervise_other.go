//go:build !linux

package subprocess

import "os/exec"

// supervise leaves the default: the child alone is killed on cancellation.
func supervise(*exec.Cmd) {}
