package io.maeharness.core.config;

/**
 * The recipe of a method that the paper compares with: a record that is one section of every profile.
 *
 * <p>The record is found by its name, which ends with {@code Recipe}; what stands before that is the name of the section:
 * {@code MocoV3Recipe} reads {@code mocoV3}. Its keys are its components, and it checks them itself.
 */
public interface MethodRecipe {
    /** The part of every recipe's name that is not the section's. */
    String ENDING = "Recipe";

    /** Name of the section that a kind of recipe reads. */
    static String section(Class<? extends MethodRecipe> recipe) {
        String name = recipe.getSimpleName();
        String method = name.substring(0, name.length() - ENDING.length());
        return Character.toLowerCase(method.charAt(0)) + method.substring(1);
    }
}
