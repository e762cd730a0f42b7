package engines

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// job is a page of this folder with what it has to do, which it reads from job.json.
type job struct {
	page          string // without .html
	files         string // folder that it may read as /package/
	task          any
	width, height int
}

// begin opens the page and waits until its report says that it is done; end closes it.
func (j job) begin(ctx context.Context, dir string) (tab context.Context, end func(), err error) {
	mux := http.NewServeMux()
	mux.Handle("/", handler(dir, Shot{Package: j.files}))
	mux.HandleFunc("/job.json", func(w http.ResponseWriter, _ *http.Request) { _ = json.NewEncoder(w).Encode(j.task) })
	server := httptest.NewServer(mux)
	tab, closed, err := open(ctx)
	if err != nil {
		server.Close()
		return nil, nil, err
	}
	end = func() { closed(); server.Close() }
	var said Report
	err = chromedp.Run(tab,
		emulation.SetDeviceMetricsOverride(int64(j.width), int64(j.height), 1, false),
		chromedp.Navigate(server.URL+"/"+j.page+".html"),
		loaded(&said),
	)
	if err == nil && !said.Done {
		err = errors.New(strings.Join(said.Errors, "; "))
	}
	if err != nil {
		end()
		return nil, nil, err
	}
	return tab, end, nil
}
