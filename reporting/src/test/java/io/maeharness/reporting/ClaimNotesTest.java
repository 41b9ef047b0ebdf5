package io.maeharness.reporting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.results.CellKey;
import io.maeharness.results.PaperValues;
import io.maeharness.results.claims.Claim;
import io.maeharness.results.claims.Component;
import io.maeharness.results.claims.ContrastEstimate;
import io.maeharness.results.claims.Decision;
import io.maeharness.results.claims.Evidence;
import io.maeharness.results.claims.FamilyVerdicts;
import io.maeharness.results.claims.ProfileClaim;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClaimNotesTest {
    private static final CellKey HIGH = new CellKey("table1f", "random-75", "ft");
    private static final CellKey LOW = new CellKey("table1f", "block-75", "ft");

    private static Decision decided(Claim.Scale scale, ContrastEstimate estimate) {
        Component component = new Component(Map.of(HIGH, 1.0, LOW, -1.0), 0, 0.1, false);
        Claim claim = new Claim(
                "table1f-high",
                "table1f",
                true,
                "section 4",
                "high is best",
                List.of(component),
                scale,
                Claim.Variance.POOLED);
        Evidence evidence = Evidence.of(ProfileClaim.whole(claim), (of, part) -> estimate);
        return FamilyVerdicts.decide(List.of(evidence)).get(0);
    }

    /** Student's t with 4 degrees of freedom: 2.776 errors to either side. */
    @Test
    void aDifferenceHasItsInterval() {
        assertEquals(
                "high is best (section 4); 3.00 ± 1.39 where more than 0.00 is claimed",
                ClaimNotes.statement(decided(Claim.Scale.POINTS, new ContrastEstimate.Estimated(3, 0.5, 4))));
    }

    @Test
    void aRatioHasBothEndsOfItsInterval() {
        assertEquals(
                "high is best (section 4); 2.00 times (1.80 to 2.22) where more than 1.00 times is claimed",
                ClaimNotes.statement(decided(Claim.Scale.LOG, new ContrastEstimate.Estimated(Math.log(2), 0.038, 4))));
    }

    @Test
    void aVerdictSaysWhetherItStandsOnNewImages() {
        Decision here = decided(Claim.Scale.POINTS, new ContrastEstimate.Estimated(3, 0.5, 4));
        Decision marked = new Decision(here.evidence(), here.verdict(), here.detail(), Decision.NewImages.OPEN);
        assertEquals(
                ClaimNotes.statement(here) + "; not for new images: more test images, not more seeds, would help",
                ClaimNotes.statement(marked));
    }

    @Test
    void aTableSaysWhatTheIntervalsOfItsClaimsAre() {
        String markdown = table(new ContrastEstimate.Estimated(3, 0.5, 4));
        assertTrue(
                markdown.contains("±: half of the 95 % interval of the comparison that speaks least for the claim"),
                markdown);
    }

    @Test
    void oneSeedHasNoIntervalAndNothingIsSaidOfIt() {
        String markdown = table(new ContrastEstimate.WithoutError(3, "1 seed"));
        assertTrue(markdown.contains("1 seed; 3.00 where more than 0.00 is claimed"), markdown);
        assertFalse(markdown.contains("±"), markdown);
    }

    private static String table(ContrastEstimate estimate) {
        TableView table = TableView.of(SampleLayouts.table1f(), List.of(), PaperValues.bundled())
                .judged(Optional.of(new TableClaims("table1f", List.of(decided(Claim.Scale.POINTS, estimate)), 1)));
        return new MarkdownTable(table).print();
    }
}
