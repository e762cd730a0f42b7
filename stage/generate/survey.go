package generate

import (
	"context"

	"github.com/longtake/longtake/geo"
)

// surveyPart is how many features are counted in at a time.
const surveyPart = 2048

// survey fills a survey with the features that the site owns, on all cores.
func (g *generation) survey(ctx context.Context, s *source, survey *Survey) error {
	if survey == nil {
		return nil
	}
	for _, begin := range survey.Passes {
		if err := g.surveyPass(ctx, s, survey, begin); err != nil {
			return err
		}
	}
	return nil
}

// end ends a survey with the ground as it is now.
func (g *generation) end(s *Survey, report *geo.Report) error {
	ground := g.asking()
	if err := s.End(ground, report); err != nil {
		return err
	}
	return ground.done()
}

func (g *generation) surveyPass(ctx context.Context, s *source, survey *Survey, begin func() (func(*geo.Feature), func())) error {
	want := ^kinds(0)
	if survey.Solids {
		want = solids
	}
	if survey.Lines {
		want = lines
	}
	n := (s.count + surveyPart - 1) / surveyPart
	type part struct {
		add  func(*geo.Feature)
		done func()
	}
	free := make(chan part, g.budget.cores)
	for range cap(free) {
		add, done := begin()
		free <- part{add, done}
	}
	err := g.budget.jobs(ctx, n, nil, func(i int) error {
		p := <-free
		defer func() { free <- p }()
		for seq := i * surveyPart; seq < min((i+1)*surveyPart, s.count); seq++ {
			h, err := s.head(seq)
			if err != nil {
				return err
			}
			if h.kind&want == 0 {
				continue
			}
			if _, ok := g.ownPlace(&h); !ok {
				continue
			}
			f, err := s.feature(&h)
			if err != nil {
				return err
			}
			p.add(&f)
		}
		return nil
	}, g.progress.phase("survey", n, 2))
	for range cap(free) {
		(<-free).done()
	}
	return err
}
