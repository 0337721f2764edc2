from . import series, life, runs, results
