// Package window opens a GLFW window as a surface and hands its input over as plain
// values. The build tag headless leaves it out, and X11 with it: Open then says so.
//
// GLFW belongs to the main OS thread: call runtime.LockOSThread in an init function of
// package main, and everything here from there.
package window
