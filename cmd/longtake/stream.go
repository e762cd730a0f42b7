package main

import (
	"context"
	"fmt"
	"net"

	"github.com/spf13/cobra"

	"github.com/longtake/longtake/scene"
	"github.com/longtake/longtake/stage"
	"github.com/longtake/longtake/stream"
)

func (a *app) stream() *cobra.Command {
	in := input{live: true}
	var size *scene.Size
	var rate *scene.Rate
	var quality, address string
	var bitrate int
	var once bool
	c := &cobra.Command{
		Use:   "stream " + sceneUse,
		Short: "Serve the running story as a live HLS stream",
		Long: `Plays the story in a loop and serves it as a live HLS stream, with a page that plays it
at / and the camera of each frame, as server-sent events, at /camera. Needs ffmpeg.

Where frames take longer than real time they are repeated: the stream keeps the clock.
Interrupt (Ctrl+C) or SIGTERM ends the stream; that is no error.`,
		Example: `  longtake stream scene.yaml
  longtake stream city --hls :8080 --size 1280x720 --fps 25 --quality low`,
		Args: needsScene,
	}
	fs := c.Flags()
	fs.StringVar(&address, "hls", "127.0.0.1:8080", "`HOST:PORT` to serve at; \":8080\" serves to the whole network")
	sizeFlag(fs, &size, "the scene's (output.size)")
	rateFlag(fs, &rate, "the scene's (output.fps)")
	qualityFlag(c, &quality, "the scene's (output.quality)")
	fs.IntVar(&bitrate, "bitrate", 0, "`KBIT` a second; 0 keeps the quality constant instead")
	fs.BoolVar(&once, "once", false, "stay at the story's end instead of playing it in a loop")
	in.playFlags(c)
	a.gpuFlag(c)
	return a.command(c, func(ctx context.Context, args []string) error {
		if bitrate < 0 {
			return badUsage("--bitrate %d is negative", bitrate)
		}
		if !servable(address) {
			return badUsage("--hls %s: want HOST:PORT, as 127.0.0.1:8080 or :8080", address)
		}
		if err := stream.Available(); err != nil { // before the work of a generation
			return err
		}
		player, release, err := in.open(ctx, a, args)
		if err != nil {
			return err
		}
		defer release()
		err = stage.Stream(ctx, player, stage.StreamOptions{
			HLS: address, Size: value(size), Rate: value(rate), Quality: quality, Bitrate: bitrate, GPU: a.gpu, Once: once,
			Ready: func(url string) {
				a.progress.stop()
				a.printf("%s", url)
				_ = a.out.Flush() // an error stays in the writer until the end
				if !a.quiet {
					fmt.Fprintln(a.err, "longtake: streaming; interrupt to stop")
				}
			},
		})
		return a.live(ctx, err)
	})
}

// live is the end of a command that runs until it is interrupted.
func (a *app) live(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return nil
	}
	return a.drawing(err)
}

// servable tells whether an address has a host, or none, and a port.
func servable(address string) bool {
	_, port, err := net.SplitHostPort(address)
	if err != nil {
		return false
	}
	_, err = net.LookupPort("tcp", port)
	return err == nil
}
