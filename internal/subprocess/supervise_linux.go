package subprocess

import (
	"os/exec"
	"syscall"
)

// supervise puts the child into a group of its own, killed whole on cancellation and
// when we die.
func supervise(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}
