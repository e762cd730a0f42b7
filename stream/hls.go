package stream

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"
)

//go:embed player.html
var player []byte

// Handler serves the stream: a page that plays it at /, the playlist at /index.m3u8 with
// its segments, and the camera records as server-sent events at /camera.
func (l *Live) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Cache-Control", "no-cache")
		_, _ = w.Write(player)
	})
	mux.HandleFunc("GET /camera", l.serveCamera)
	mux.HandleFunc("GET /", func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasSuffix(r.URL.Path, ".m3u8") && !strings.HasSuffix(r.URL.Path, ".mp4") {
			http.NotFound(w, r)
			return
		}
		select { // a player that comes early waits for the first frame
		case <-l.ready:
		case <-r.Context().Done():
			return
		case <-time.After(30 * time.Second):
			http.Error(w, "the stream has not begun", http.StatusServiceUnavailable)
			return
		}
		w.Header().Set("Access-Control-Allow-Origin", "*")
		l.muxer.Handle(w, r)
	})
	return mux
}

func (l *Live) serveCamera(w http.ResponseWriter, r *http.Request) {
	flusher, ok := w.(http.Flusher)
	if !ok {
		http.Error(w, "streaming is not possible here", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-cache")
	w.Header().Set("Access-Control-Allow-Origin", "*")
	ch := make(chan Record, 64)
	l.mu.Lock()
	l.watchers[ch] = struct{}{}
	l.mu.Unlock()
	defer func() {
		l.mu.Lock()
		delete(l.watchers, ch)
		l.mu.Unlock()
	}()
	w.WriteHeader(http.StatusOK)
	flusher.Flush()
	for {
		select {
		case <-r.Context().Done():
			return
		case rec := <-ch:
			data, err := json.Marshal(rec)
			if err != nil {
				return
			}
			if _, err := fmt.Fprintf(w, "id: %d\ndata: %s\n\n", rec.Frame, data); err != nil {
				return
			}
			flusher.Flush()
		}
	}
}
