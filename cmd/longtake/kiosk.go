package main

import (
	"context"
	"encoding/json"
	"errors"
	"runtime"

	"github.com/spf13/cobra"

	"github.com/longtake/longtake/scene"
	"github.com/longtake/longtake/stage"
)

func (a *app) kiosk() *cobra.Command {
	in := input{live: true}
	var size *scene.Size
	var quality, controls, touch string
	var windowed, fixed, stats bool
	c := &cobra.Command{
		Use:   "kiosk " + sceneUse,
		Short: "Play the story in a window or on the whole screen",
		Long: `Plays the story in a loop on the whole primary screen, or in a window.

  pointer         tell what it is over, and outline it
  click           select it: it stays outlined until a click elsewhere or Esc
  drag            circle the point under the pointer: the camera is yours, time goes on
  right drag      move along the ground
  wheel, + -      nearer to the point under the pointer, and farther
  W A S D, arrows move over the ground; with Shift turn and tilt
  Q E, PageDown PageUp  lower and higher
  C               next control: orbit (as above), globe (a drag moves along the ground
                  and north stays), fly (a drag and the arrows look round, W A S D Q E
                  fly, faster the higher it is, with Shift or by the wheel)
  R, Home         give the camera back to the story
  Space           stop the story's time and go on
  , .             a second back and on
  [ ]             the chapter before and the next one
  F1, ?           these keys, in the picture
  Esc             deselect, then end

Where frames take longer than the screen shows them, every other one is left out, then the
picture gets smaller, to half its sides, and is stretched: --fixed keeps its size and rate.

Where layers have events with data, each is written to standard output as one line of JSON
when it happens: {"event":"click","layer":ID,"id":ROW,"values":{…},"data":…}.

Needs a display (X11 or Wayland). Binaries built with -tags headless have no window.`,
		Example: `  longtake kiosk scene.yaml
  longtake kiosk city --windowed --size 1280x720 --quality draft`,
		Args: needsScene,
	}
	c.Flags().BoolVar(&windowed, "windowed", false, "a window instead of the whole screen")
	c.Flags().BoolVar(&stats, "stats", false, "show milliseconds, frames a second, triangles, memory and the dearest passes in the picture")
	c.Flags().BoolVar(&fixed, "fixed", false, "keep the size and the rate whatever a frame costs")
	c.Flags().StringVar(&controls, "controls", "", "how the camera is led: orbit, globe, fly or none (default the scene's output.controls)")
	c.Flags().StringVar(&touch, "touch", "", "touch screen that shows the picture, such as /dev/input/event5: one finger drags and taps, two pinch, turn and tilt (Linux)")
	sizeFlag(c.Flags(), &size, "the screen's (a smaller one is stretched), or with --windowed the scene's (output.size)")
	qualityFlag(c, &quality, "low")
	in.playFlags(c)
	return a.command(c, func(ctx context.Context, args []string) error {
		// Before the work of a generation, which may take minutes.
		if n := needDisplay(); !n.OK && runtime.GOOS == "linux" {
			return ofKind(exitEnvironment, errors.New(n.Missing))
		}
		player, release, err := in.open(ctx, a, args)
		if err != nil {
			return err
		}
		defer release()
		return a.live(ctx, stage.Kiosk(ctx, player, stage.KioskOptions{Windowed: windowed, Size: value(size), Quality: quality, Controls: controls, Touch: touch, Fixed: fixed, Stats: stats, Told: a.hand}))
	})
}

// hand gives the host what a document hands to it: a line of JSON an event, at once.
func (a *app) hand(h stage.Happening) {
	line, err := json.Marshal(h)
	if err != nil { // numbers of documents and rows are finite
		return
	}
	a.progress.stop()
	a.printf("%s", line)
	_ = a.out.Flush() // an error stays in the writer until the end
}
