//go:build !linux

package touch

import "errors"

// Device is a touch screen that is read.
type Device struct{}

// Open fails: touch screens are read on Linux.
func Open(string) (*Device, error) { return nil, errors.New("touch screens are read on Linux only") }

// Poll returns nothing.
func (*Device) Poll() []Frame { return nil }

// Close does nothing.
func (*Device) Close() error { return nil }
