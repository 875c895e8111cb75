# What R and limma (Bioconductor) make of the figures of the tests: Rscript witness-limma.R > witness-limma.json
suppressPackageStartupMessages(library(limma))

number <- function(x) ifelse(is.infinite(x), '"Infinity"', formatC(x, digits = 17, format = "g"))
list_of <- function(x) paste0("[", paste(number(x), collapse = ","), "]")
rows_of <- function(m) paste0("[", paste(apply(m, 1, list_of), collapse = ","), "]")
object <- function(...) {
  parts <- list(...)
  paste0("{", paste0('"', names(parts), '":', unlist(parts), collapse = ","), "}")
}

squeezed <- function(var, df) {
  s <- squeezeVar(var, df)
  object(
    variances = list_of(var), degreesOfFreedom = list_of(rep_len(df, length(var))),
    priorDegreesOfFreedom = number(s$df.prior), prior = number(s$var.prior), posterior = list_of(rep_len(s$var.post, length(var)))
  )
}

set.seed(20)
sd_by_cell <- 0.06 * sqrt(8 / rchisq(60, 8))
unequal <- c(rep(8, 20), rep(7, 5), rep(4, 5))
variances <- list(
  squeezed(sd_by_cell^2 * rchisq(60, 8) / 8, 8),
  squeezed(0.06^2 * rchisq(12, 4) / 4, 4),
  squeezed(c(1, 1.1, 0.9, 1.05, 0.98, 1.02, 0.97, 1.01), 20),
  squeezed(c(0, 0.001, 0.004, 0.002, 0.5, 0.003, 0.0001, 0.002, 0.004), 4),
  squeezed(sd_by_cell[1:10]^2 * rchisq(10, 2) / 2, 2)
)

# Logarithms of one figure in 60 cells, five runs on each side; six cells are 20 % slower.
treated <- function(n_base, n_candidate, lfc) {
  base <- matrix(rnorm(60 * n_base, 0, sd_by_cell), 60)
  candidate <- matrix(rnorm(60 * n_candidate, rep(c(log(1.2), 0), c(6, 54)), sd_by_cell), 60)
  side <- rep(0:1, c(n_base, n_candidate))
  fit <- treat(lmFit(cbind(base, candidate), cbind(1, side)), lfc = lfc)
  p <- fit$p.value[, 2]
  object(
    base = rows_of(base), candidate = rows_of(candidate), margin = number(lfc),
    changes = list_of(fit$coefficients[, 2]),
    standardErrors = list_of(sqrt(fit$s2.post) * fit$stdev.unscaled[, 2]),
    degreesOfFreedom = list_of(rep_len(fit$df.total, 60)), pValues = list_of(p), adjusted = list_of(p.adjust(p, "BH"))
  )
}

# The same as differences of five pairs.
paired <- function(n, lfc) {
  base <- matrix(rnorm(12 * n, 0, 0.05), 12)
  candidate <- base + matrix(rnorm(12 * n, rep(c(0.2, 0), c(3, 9)), 0.04), 12)
  fit <- treat(lmFit(candidate - base), lfc = lfc)
  object(
    base = rows_of(base), candidate = rows_of(candidate), margin = number(lfc),
    changes = list_of(fit$coefficients[, 1]),
    standardErrors = list_of(sqrt(fit$s2.post) * fit$stdev.unscaled[, 1]),
    degreesOfFreedom = list_of(rep_len(fit$df.total, 12)), pValues = list_of(fit$p.value[, 1]),
    adjusted = list_of(p.adjust(fit$p.value[, 1], "BH"))
  )
}

welch <- function(base, candidate) {
  test <- t.test(candidate, base)
  object(
    base = list_of(base), candidate = list_of(candidate), change = number(mean(candidate) - mean(base)),
    standardError = number(test$stderr), degreesOfFreedom = number(test$parameter),
    pValue = number(test$p.value), low = number(test$conf.int[1]), high = number(test$conf.int[2])
  )
}

fisher <- function(a, b) {
  p <- fisher.test(matrix(c(a[1], a[2] - a[1], b[1], b[2] - b[1]), 2))$p.value
  object(a = list_of(a), b = list_of(b), pValue = number(p))
}

# Runs of a side: failures of so many requests each.
dispersed <- function(hits, of, side) {
  fit <- glm(cbind(hits, of - hits) ~ side, family = quasibinomial)
  dispersion <- summary(fit)$dispersion
  pooled <- prop.test(tapply(hits, side, sum), tapply(of, side, sum), correct = FALSE)$statistic
  df <- length(hits) - 2
  object(
    hits = list_of(hits), of = list_of(of), side = list_of(side), dispersion = number(dispersion),
    pValue = number(pf(pooled / max(1, dispersion), 1, df, lower.tail = FALSE))
  )
}

cat(object(
  versions = object(r = sprintf('"%s"', getRversion()), limma = sprintf('"%s"', packageVersion("limma"))),
  variances = paste0("[", paste(variances, collapse = ","), "]"),
  treated = paste0("[", treated(5, 5, log(1.05)), ",", treated(3, 3, log(1.1)), ",", treated(4, 6, 0), "]"),
  paired = paired(5, log(1.05)),
  welch = paste0("[", welch(c(0.1, 0.2, 0.15), c(0.4, 0.3, 0.5)), ",", welch(c(1, 1.1), c(1.05, 1.3, 1.2, 0.9, 1)), "]"),
  fisher = paste0("[", paste(
    fisher(c(3, 10), c(9, 10)), fisher(c(0, 5000), c(12, 5000)), fisher(c(40, 100000), c(75, 100000)),
    fisher(c(2, 40), c(1, 7)), fisher(c(5, 5), c(0, 5)), fisher(c(999, 1000), c(980, 1000)), sep = ","
  ), "]"),
  dispersed = paste0("[", paste(
    dispersed(c(10, 40, 5, 60, 100, 30), rep(1000, 6), c(0, 0, 0, 1, 1, 1)),
    dispersed(c(10, 12, 9, 21, 19, 22), rep(1000, 6), c(0, 0, 0, 1, 1, 1)),
    dispersed(c(3, 30, 200, 240, 800), c(500, 1000, 3000, 4000, 5000), c(0, 0, 1, 1, 1)), sep = ","
  ), "]")
), "\n", sep = "")
