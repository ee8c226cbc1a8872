"""What makes a batch a job that can be stopped at any moment: kept answers, attempts, reuse, the plan and the report."""
