from . import series, life, runs, pictures, results, events
