// Command longtake turns geographic data into lit pictures, videos and live streams.
// See longtake --help.
package main

import (
	"os"
	"runtime"
)

// OpenGL contexts and windows belong to the main thread; commands run on it.
func init() { runtime.LockOSThread() }

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }
