package canvas

import (
	"slices"
	"strings"
	"testing"
	"unicode"
)

// Scripts without spaces between words break at spaces, else between letters with all that is
// written around them; nothing is lost, and no line begins with a sign or ends with a vowel that
// belongs to the next consonant.
func TestWrapWithoutWords(t *testing.T) {
	f := NewFonts(false)
	style := Style{Size: 20}
	for _, s := range []string{
		"กรุงเทพมหานครเป็นเมืองหลวงและนครที่มีประชากรมากที่สุดของประเทศไทย", "นครหลวงเวียงจันทน์ เป็นเมืองหลวงของประเทศลาว",
		"ນະຄອນຫຼວງວຽງຈັນເປັນນະຄອນຫຼວງຂອງປະເທດລາວ", "រាជធានីភ្នំពេញគឺជារាជធានីនៃព្រះរាជាណាចក្រកម្ពុជា", "ရန်ကုန်မြို့သည်မြန်မာနိုင်ငံ၏အကြီးဆုံးမြို့ဖြစ်သည်",
	} {
		lines := f.Wrap(s, 120, style)
		if len(lines) < 3 {
			t.Errorf("%s: %d lines", s, len(lines))
		}
		if got := strings.Join(lines, ""); strings.ReplaceAll(got, " ", "") != strings.ReplaceAll(s, " ", "") {
			t.Errorf("%s became %s", s, got)
		}
		for i, l := range lines {
			runes := []rune(l)
			if i > 0 && (unicode.IsMark(runes[0]) || strings.ContainsRune("ะาำະາຳ", runes[0])) {
				t.Errorf("%s: line %d begins with %U", s, i, runes[0])
			}
			if last := runes[len(runes)-1]; strings.ContainsRune("เแโใไເແໂໃໄ\u17d2\u1039", last) {
				t.Errorf("%s: line %d ends with %U", s, i, last)
			}
			if w := f.Width(l, style); w > 150 {
				t.Errorf("%s: line %d is %v wide", s, i, w)
			}
		}
	}
	if got := f.Wrap("a wordthatislongerthantheline b", 60, style); !slices.Contains(got, "wordthatislongerthantheline") {
		t.Errorf("a word with a script that has some is torn: %q", got)
	}
}

// Pieces are told here by hand: words of another script and numbers stay whole among such
// letters, and consonants with a sign that ends a syllable stay with what they end.
func TestClusters(t *testing.T) {
	for word, want := range map[string]string{
		"ร้านStarbucksสาขา": "ร้า|นStarbucksสา|ขา",
		"ห้อง1234":          "ห้|อ|ง1234",
		"ကောင်း123မြို့":    "ကောင်း123မြို့",
		"ရန်ကုန်မြို့သည်":   "ရန်|ကုန်|မြို့|သည်",
		"မင်္ဂလာပါ":         "မင်္ဂ|လာ|ပါ",
		"စက္ကူ":             "စ|က္ကူ",
		"จันทน์":            "จัน|ทน์",
		"ชื่อเป็นต่างๆ":     "ชื่อ|เป็น|ต่า|งๆ",
		"ວັນຈັນເບົາ":        "ວັນ|ຈັນ|ເບົາ",
		"សង់ស្រុក":          "សង់|ស្រុ|ក",
		"ផ្សេងៗ":            "ផ្សេ|ងៗ",
	} {
		if got := strings.Join(clusters(word), "|"); got != want {
			t.Errorf("%s in pieces is %s, want %s", word, got, want)
		}
	}
}

// A name in Latin letters inside a sentence is on one line, whatever the width.
func TestWrapMixed(t *testing.T) {
	f := NewFonts(false)
	for width := 20.0; width < 200; width += 10 {
		for word, s := range map[string]string{"Starbucks": "ร้านStarbucksสาขาที่ใหญ่ที่สุด", "2026": "ကောင်းမြို့2026သည်မြန်မာ", "metro-2": "ລົດໄຟmetro-2ຂອງປະເທດ"} {
			lines := f.Wrap(s, width, Style{Size: 20})
			if !strings.Contains(strings.Join(lines, "|"), word) {
				t.Errorf("%v wide, %s is torn: %q", width, word, lines)
			}
		}
	}
}
