package generate

import (
	"context"

	"github.com/longtake/longtake/geo"
)

// surveyPart is how many features are counted in at a time.
const surveyPart = 2048

// survey fills a survey with the features that the site owns, on all cores. Where what its
// end finds is kept from run to run, it is filled when that is not found.
func (g *generation) survey(ctx context.Context, s *source, survey *Survey) error {
	if survey == nil {
		return nil
	}
	if survey.Take != nil {
		var err error
		survey.filling, err = g.toFill(ctx, s, survey)
		return err
	}
	return g.fill(ctx, s, survey)
}

func (g *generation) fill(ctx context.Context, s *source, survey *Survey) error {
	for _, begin := range survey.Passes {
		if err := g.surveyPass(ctx, s, survey, begin); err != nil {
			return err
		}
	}
	return nil
}

// wants are the kinds of features that a survey asks for.
func (s *Survey) wants() kinds {
	switch {
	case s.Lines:
		return lines
	case s.Solids:
		return solids
	case s.Massive:
		return massive
	}
	return ^kinds(0)
}

func (g *generation) surveyPass(ctx context.Context, s *source, survey *Survey, begin func() (func(*geo.Feature), func())) error {
	want := survey.wants()
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
		var h head
		for seq := i * surveyPart; seq < min((i+1)*surveyPart, s.count); seq++ {
			if err := s.head(seq, &h); err != nil {
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
			if survey.Take != nil { // it is named by what is shown
				see(&f, h.kind, unnamed)
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
