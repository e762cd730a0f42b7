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

// fill fills surveys of one source, whose features are read once for all of them as far as
// they go through these equally often.
func (g *generation) fill(ctx context.Context, s *source, surveys ...*Survey) error {
	for k := 0; ; k++ {
		var some []*Survey
		for _, survey := range surveys {
			if k < len(survey.Passes) {
				some = append(some, survey)
			}
		}
		if len(some) == 0 {
			return nil
		}
		if err := g.surveyPass(ctx, s, some, k); err != nil {
			return err
		}
	}
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

func (g *generation) surveyPass(ctx context.Context, s *source, surveys []*Survey, pass int) error {
	n := (s.count + surveyPart - 1) / surveyPart
	type part struct {
		add  func(*geo.Feature)
		done func()
	}
	free := make(chan []part, g.budget.cores)
	for range cap(free) {
		parts := make([]part, len(surveys))
		for i, survey := range surveys {
			parts[i].add, parts[i].done = survey.Passes[pass]()
		}
		free <- parts
	}
	want := kinds(0)
	for _, survey := range surveys {
		want |= survey.wants()
	}
	err := g.budget.jobs(ctx, n, nil, func(i int) error {
		parts := <-free
		defer func() { free <- parts }()
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
			for i, survey := range surveys {
				if h.kind&survey.wants() == 0 {
					continue
				}
				if survey.Take != nil { // it is named by what is shown, and filled alone
					see(&f, h.kind, unnamed)
				}
				parts[i].add(&f)
			}
		}
		return nil
	}, g.progress.phase("survey", n, 2))
	for range cap(free) {
		for _, p := range <-free {
			p.done()
		}
	}
	return err
}
