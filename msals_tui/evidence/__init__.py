"""What answers mean: findings, weights, comparison, look-alikes. Pure; knows no interview and no screen."""
