def write_hostile_debate(folder): raise NotImplementedError
