/**
 * What the paper says about its numbers, as tests: claims, the evidence for them, and verdicts.
 *
 * <p>A {@link io.maeharness.results.claims.Claim} is a conjunction of one-sided statements about linear combinations of
 * cells. A table declares its own with a {@link io.maeharness.results.claims.ClaimFamily}. A {@link
 * io.maeharness.results.claims.ContrastSource} estimates the combinations, from the paper's numbers or from measured
 * seeds; {@link io.maeharness.results.claims.Evidence} turns the estimates into p-values, and {@link
 * io.maeharness.results.claims.FamilyVerdicts} into verdicts, the same way for both.
 */
package io.maeharness.results.claims;
