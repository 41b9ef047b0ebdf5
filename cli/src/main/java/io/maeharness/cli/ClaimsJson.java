package io.maeharness.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maeharness.results.claims.Claim;
import io.maeharness.results.claims.ContrastEstimate;
import io.maeharness.results.claims.Decision;
import io.maeharness.results.claims.Evidence;
import java.util.List;
import java.util.Locale;

/** Writes decided claims for programs. */
final class ClaimsJson {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private ClaimsJson() {}

    /** An array with an object a claim. */
    static String of(List<Decision> decisions) {
        ArrayNode claims = MAPPER.createArrayNode();
        decisions.forEach(decision -> write(decision, claims.addObject()));
        return claims.toPrettyString();
    }

    private static void write(Decision decision, ObjectNode into) {
        Claim claim = decision.claim();
        Evidence evidence = decision.evidence();
        into.put("id", claim.id())
                .put("family", claim.family())
                .put("primary", claim.primary())
                .put("place", claim.place())
                .put("statement", claim.statement())
                .put("scale", claim.scale().name().toLowerCase(Locale.ROOT))
                .put("verdict", decision.verdict().words())
                .put("detail", decision.detail())
                .put("comparisons", claim.components().size())
                .put("pHolds", evidence.pHolds())
                .put("pContradicted", evidence.pContradicted());
        if (decision.newImages() != Decision.NewImages.UNKNOWN) {
            into.put("alsoForNewImages", decision.newImages() == Decision.NewImages.TOO);
        }
        ArrayNode components = into.putArray("components");
        evidence.parts().forEach(part -> write(part, components.addObject()));
    }

    private static void write(Evidence.Part part, ObjectNode into) {
        ObjectNode coefficients = into.putObject("coefficients");
        part.component()
                .coefficients()
                .forEach((cell, value) ->
                        coefficients.put(cell.table() + "/" + cell.caseKey() + "/" + cell.metric(), value));
        into.put("holdsAbove", part.component().holdsAbove())
                .put("contradictedBelow", part.component().contradictedBelow());
        part.estimate().known().ifPresent(value -> into.put("value", value));
        if (part.estimate() instanceof ContrastEstimate.Estimated estimated) {
            into.put("standardError", estimated.standardError())
                    .put("low", estimated.value() - estimated.halfWidth())
                    .put("high", estimated.value() + estimated.halfWidth());
            if (Double.isFinite(estimated.degreesOfFreedom())) {
                into.put("degreesOfFreedom", estimated.degreesOfFreedom());
            }
        }
    }
}
