//go:build headless || !linux

package window

import "errors"

// Open fails: this program was built without windows.
func Open(Options) (Window, error) {
	return nil, errors.New("this longtake was built without a window (-tags headless): build it without the tag")
}
